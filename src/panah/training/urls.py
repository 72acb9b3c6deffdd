from django.urls import path

from panah.training.views import courses, knowledge, lists, modules, phones, registers

app_name = "training"
urlpatterns = [
    path("", courses.listed, name="list"),
    path("new/", courses.plan, name="plan"),
    path("gaps/", courses.gaps, name="gaps"),
    path("volunteers/<uuid:pk>/", courses.volunteer, name="volunteer"),
    path("modules/", modules.listed, name="modules"),
    path("modules/<slug:slug>/", modules.brought, name="brought"),
    path("adopted/<uuid:pk>/", modules.adopted, name="module"),
    path("adopted/<uuid:pk>/retire/", modules.retire, name="retire"),
    path("courses/<uuid:pk>/", courses.course, name="course"),
    path("courses/<uuid:pk>/change/", courses.change, name="change"),
    path("courses/<uuid:pk>/session/", courses.session, name="add_session"),
    path("courses/<uuid:pk>/off/", courses.call_off, name="call_off"),
    path("courses/<uuid:pk>/settle/", courses.settle, name="settle"),
    path("courses/<uuid:pk>/volunteers/", lists.volunteers, name="enrol"),
    path("courses/<uuid:pk>/names/", lists.names, name="names"),
    path("list/<uuid:pk>/cancel/", lists.cancel, name="cancel"),
    path("list/<uuid:pk>/volunteer/", lists.link, name="link"),
    path("sessions/<uuid:pk>/", registers.register, name="register"),
    path("sessions/<uuid:pk>/drop/", courses.drop_session, name="drop_session"),
    path("sessions/<uuid:pk>/paper/", registers.paper, name="paper"),
    path("sessions/<uuid:pk>/typed/", registers.typed, name="typed"),
    path("courses/<uuid:pk>/test/<slug:when>/", knowledge.test, name="test"),
    path("tests/<uuid:pk>/phones/", knowledge.phones, name="test_phones"),
    path("tests/<uuid:pk>/paper/", knowledge.paper, name="test_paper"),
    path("tests/<uuid:pk>/typed/", knowledge.typed, name="test_typed"),
    path("tests/<uuid:pk>/aloud/", knowledge.aloud, name="test_aloud"),
    path("sheets/<uuid:pk>/", knowledge.sheet, name="sheet"),
    path("adopted/<uuid:pk>/questions/", knowledge.questions, name="questions"),
    path("phones/<uuid:pk>/revoke/", phones.revoke, name="revoke_phone"),
    # What a telephone keeps lies below one address: its worker serves nothing else.
    path("phone/", phones.shell, name="phone"),
    path("phone/worker.js", phones.worker, name="phone_worker"),
    path("phone/<uuid:pk>/take/", phones.take, name="phone_take"),
    path("phone/<uuid:pk>/send/", phones.send, name="phone_send"),
]
