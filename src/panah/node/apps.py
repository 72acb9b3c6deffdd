from django.apps import AppConfig


class NodeConfig(AppConfig):
    name = "panah.node"
    label = "node"
