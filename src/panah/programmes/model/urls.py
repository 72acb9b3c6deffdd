from django.urls import path

from panah.programmes.model.views import assessments, editions, network, plan

app_name = "model"
urlpatterns = [
    path("", assessments.start, name="start"),
    path("begin/", assessments.begin, name="begin"),
    path("elements/", editions.elements, name="elements"),
    path("strong/", network.strong, name="strong"),
    path("own/<uuid:pk>/", assessments.own, name="own"),
    path("own/<uuid:pk>/finish/", assessments.finish, name="finish"),
    path("own/<uuid:pk>/<slug:element>/", assessments.level, name="level"),
    path("plan/<uuid:pk>/", plan.action, name="action"),
    path("versions/begin/", editions.begin, name="begin_edition"),
    path("versions/<uuid:pk>/", editions.edition, name="edition"),
    path("versions/<uuid:pk>/publish/", editions.publish, name="publish"),
    path("versions/<uuid:pk>/<slug:element>/", editions.change, name="change_element"),
    path("<uuid:pk>/", assessments.assessment, name="assessment"),
    path("<uuid:pk>/people/", assessments.people, name="people"),
    path("<uuid:pk>/side-by-side/", assessments.together, name="together"),
    path("<uuid:pk>/end/", assessments.end, name="end"),
    path("<uuid:pk>/plan/", plan.add, name="plan"),
    path("<uuid:pk>/share/", network.share, name="share"),
    path("<uuid:pk>/take-back/", network.take_back, name="take_back"),
    path("<uuid:pk>/sheet/", network.sheet, name="sheet"),
    path("<uuid:pk>/agree/<slug:element>/", assessments.agree, name="agree"),
]
