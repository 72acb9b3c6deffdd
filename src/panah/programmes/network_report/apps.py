from django.apps import AppConfig


class NetworkReportConfig(AppConfig):
    name = "panah.programmes.network_report"
    label = "network_report"

    def ready(self) -> None:
        import panah.programmes.network_report.hooks  # noqa: F401  apps are ready only now
