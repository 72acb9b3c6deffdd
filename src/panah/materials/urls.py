"""Pages of this room."""

app_name = "materials"
urlpatterns: list = []
