from django.urls import path

from panah.ground.directory.views import exchange, organizations, pathways, services

app_name = "directory"
urlpatterns = [
    path("", services.services, name="services"),
    path("numbers/", services.numbers, name="numbers"),
    path("numbers/new/", services.number_form, name="add_number"),
    path("numbers/<uuid:pk>/", services.number, name="number"),
    path("numbers/<uuid:pk>/change/", services.number_form, name="edit_number"),
    path("services/new/", services.service_form, name="add_service"),
    path("services/<uuid:pk>/", services.service, name="service"),
    path("services/<uuid:pk>/change/", services.service_form, name="edit_service"),
    path("export/", exchange.export, name="export"),
    path("bring/", exchange.bring, name="bring"),
    path("bring/<uuid:pk>/", exchange.brought, name="brought"),
    path("bring/<uuid:pk>/put-away/", exchange.drop, name="drop"),
    path("agreements/", organizations.agreements, name="agreements"),
    path("agreements/<uuid:pk>/change/", organizations.agreement_form, name="edit_agreement"),
    path("to-verify/", services.to_verify, name="to_verify"),
    path("organisations/<uuid:pk>/", organizations.organization, name="organization"),
    path("organisations/<uuid:pk>/change/", organizations.organization_form, name="edit_organization"),
    path("societies/<slug:slug>/pathways/", pathways.pathways, name="pathways"),
    path("societies/<slug:slug>/pathways/new/", pathways.step_form, name="add_step"),
    path("societies/<slug:slug>/pathways/<uuid:pk>/", pathways.step_form, name="edit_step"),
    path("societies/<slug:slug>/pathways/<uuid:pk>/remove/", pathways.remove_step, name="remove_step"),
]
