"""The doors: signing in, the vault, invitations, the ceremony, colleagues."""

from django.urls import path

from panah.vault.views import ceremony, colleagues, coming, factors, joining, keys, leaving, second

app_name = "vault"
urlpatterns = [
    path("sign-in", coming.sign_in, name="sign-in"),
    path("second-step", second.second_step, name="second-step"),
    path("sign-out", coming.sign_out, name="sign-out"),
    path("unlock", coming.unlock, name="unlock"),
    path("lock", coming.lock, name="lock"),
    path("forgotten", coming.forgotten, name="forgotten"),
    path("cannot", coming.cannot, name="cannot"),
    path("invitation/<str:token>", joining.invitation, name="invitation"),
    path("new-passphrase", joining.renew, name="new-passphrase"),
    path("second-factors", factors.overview, name="second-factors"),
    path("recovery-codes", factors.recovery_codes, name="recovery-codes"),
    path("passkeys/new", factors.add_passkey, name="add-passkey"),
    path("passkeys/<int:pk>", factors.passkey, name="passkey"),
    path("code-app", factors.code_app, name="code-app"),
    path("ceremony", ceremony.begin, name="ceremony"),
    path("ceremony/share", ceremony.share, name="ceremony-share"),
    path("ceremony/check", ceremony.check, name="ceremony-check"),
    path("ceremony/stop", ceremony.stop, name="ceremony-stop"),
    path("new-recovery-key", ceremony.again, name="new-recovery-key"),
    path("recovery-sheet", ceremony.sheet, name="recovery-sheet"),
    path("colleagues", colleagues.everyone, name="colleagues"),
    path("colleagues/reseal", keys.reseal, name="reseal"),
    path("colleagues/<uuid:pk>/hand-over", leaving.hand_over, name="hand-over"),
    path("colleagues/invite", colleagues.invite, name="invite"),
    path("colleagues/<uuid:pk>", colleagues.one, name="colleague"),
    path("colleagues/<uuid:pk>/admit", colleagues.admit, name="admit"),
    path("colleagues/<uuid:pk>/key", colleagues.duty_key, name="duty-key"),
    path("colleagues/<uuid:pk>/open-name", colleagues.open_name, name="open-name"),
    path("colleagues/<uuid:pk>/way-back", colleagues.way_back, name="way-back"),
    path("colleagues/<uuid:pk>/focal-point", keys.make_focal_point, name="make-focal-point"),
    path("colleagues/<uuid:pk>/no-focal-point", leaving.end_focal_point, name="end-focal-point"),
    path("signing-key", keys.signing_key, name="signing-key"),
    path("signing-key/by-telephone", keys.by_telephone, name="signing-key-by-telephone"),
    path("tidy", keys.tidy, name="tidy"),
    path("colleagues/<uuid:pk>/end", leaving.end_access, name="end-access"),
]
