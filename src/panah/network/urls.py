from django.urls import path

from panah.network.views import directory, exchange, organizations, pathways, rulesheets, societies

app_name = "network"
urlpatterns = [
    path("", directory.services, name="services"),
    path("numbers/", directory.numbers, name="numbers"),
    path("numbers/new/", directory.number_form, name="add_number"),
    path("numbers/<uuid:pk>/", directory.number, name="number"),
    path("numbers/<uuid:pk>/change/", directory.number_form, name="edit_number"),
    path("services/new/", directory.service_form, name="add_service"),
    path("services/<uuid:pk>/", directory.service, name="service"),
    path("services/<uuid:pk>/change/", directory.service_form, name="edit_service"),
    path("export/", exchange.export, name="export"),
    path("bring/", exchange.bring, name="bring"),
    path("bring/<uuid:pk>/", exchange.brought, name="brought"),
    path("bring/<uuid:pk>/put-away/", exchange.drop, name="drop"),
    path("agreements/", organizations.agreements, name="agreements"),
    path("agreements/<uuid:pk>/change/", organizations.agreement_form, name="edit_agreement"),
    path("to-verify/", directory.to_verify, name="to_verify"),
    path("organisations/<uuid:pk>/", organizations.organization, name="organization"),
    path("organisations/<uuid:pk>/change/", organizations.organization_form, name="edit_organization"),
    path("societies/", societies.societies, name="societies"),
    path("societies/<slug:slug>/", societies.society, name="society"),
    path("societies/<slug:slug>/change/", societies.edit_society, name="edit_society"),
    path("societies/<slug:slug>/branches/new/", societies.add_branch, name="add_branch"),
    path("societies/<slug:slug>/branches/<slug:branch>/", societies.branch, name="branch"),
    path(
        "societies/<slug:slug>/branches/<slug:branch>/confirm/",
        societies.confirm_branch,
        name="confirm_branch",
    ),
    path("societies/<slug:slug>/pathways/", pathways.pathways, name="pathways"),
    path("societies/<slug:slug>/pathways/new/", pathways.step_form, name="add_step"),
    path("societies/<slug:slug>/pathways/<uuid:pk>/", pathways.step_form, name="edit_step"),
    path("societies/<slug:slug>/pathways/<uuid:pk>/remove/", pathways.remove_step, name="remove_step"),
    path("societies/<slug:slug>/rules/", rulesheets.sheet, name="rules"),
    path("societies/<slug:slug>/rules/print/", rulesheets.paper, name="rules_paper"),
    path("societies/<slug:slug>/rules/<slug:key>/", rulesheets.rule, name="rule"),
]
