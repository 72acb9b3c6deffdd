from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "panah.ground.audit"
    label = "audit"
