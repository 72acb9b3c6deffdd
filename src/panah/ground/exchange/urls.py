from django.urls import path

from panah.ground.exchange.views import blocking, endpoint, peers

app_name = "exchange"
urlpatterns = [
    path("v1/envelopes", endpoint.envelopes, name="envelopes"),
    path("v1/card/<slug:slug>", peers.card_shown, name="card-shown"),
    path("", peers.peer_list, name="peers"),
    path("card/", peers.own_card, name="card"),
    path("card/file", peers.card_file, name="card-file"),
    path("pair/", peers.pair, name="pair"),
    path("announce/", peers.announce, name="announce"),
    path("read-file/", blocking.read_file, name="read-file"),
    path("read-file/receipt", blocking.answer_file, name="answer-file"),
    path("<uuid:pk>/", peers.peer, name="peer"),
    path("<uuid:pk>/compare/", peers.compare, name="compare"),
    path("<uuid:pk>/block/", blocking.block, name="block"),
    path("<uuid:pk>/unblock/", blocking.unblock, name="unblock"),
    path("<uuid:pk>/end/", blocking.end, name="end"),
    path("<uuid:pk>/file/", blocking.write_file, name="write-file"),
    path("<uuid:pk>/messages/<uuid:row>/again/", blocking.retry, name="again"),
    path("<uuid:pk>/messages/<uuid:row>/give-up/", blocking.give_up, name="give-up"),
]
