from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "panah.approvals"
    label = "approvals"
