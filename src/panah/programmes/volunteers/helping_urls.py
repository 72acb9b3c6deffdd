"""Call-outs, own pages, hours and money: a part of the addresses of this room."""

from django.urls import path

from panah.programmes.volunteers.views import callouts, helping

urlpatterns = [
    path("call-outs/", callouts.call_outs, name="call_outs"),
    path("call-outs/new/", callouts.call_out_add, name="call_out_add"),
    path("call-outs/<uuid:pk>/", callouts.call_out, name="call_out"),
    path("call-outs/<uuid:pk>/change/", callouts.move_call_out, name="call_out_move"),
    path("call-outs/<uuid:pk>/close/", callouts.close_call_out, name="call_out_close"),
    path("call-outs/<uuid:pk>/<uuid:asked>/choose/", callouts.choose, name="call_out_choose"),
    path("call-outs/<uuid:pk>/<uuid:asked>/answer/", callouts.told_answer, name="call_out_answer"),
    path("call-outs/<uuid:pk>/<uuid:asked>/cancelled/", callouts.cancelled, name="call_out_cancelled"),
    path("hours/<uuid:pk>/<slug:answer>/", helping.decide_hours, name="decide_hours"),
    path("money/<uuid:pk>/<slug:answer>/", helping.decide_money, name="decide_money"),
    path("<uuid:pk>/helped/", helping.helped, name="helped"),
    path("<uuid:pk>/own-page/", helping.give_page, name="give_page"),
    path("<uuid:pk>/own-page/<slug:what>/", helping.page_step, name="page_step"),
]
