"""Pages of this room."""

app_name = "page_texts"
urlpatterns: list = []
