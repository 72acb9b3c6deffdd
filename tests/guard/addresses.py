"""Every address of the node, and who gets which answer at it: a table to read, checked by ``test_access_matrix.py``.

A line is ``name | what stands in the address | GET | POST``. To add an address, add its line to the group it belongs to
(or a group); the first test fails until it is there.

* The name is the one of ``urls.py``, with its room.
* What stands in the address: one kind of thing for each of its parts after the group's own, as ``House.of`` calls them
  (a new kind of thing is made in ``house.py``); ``=word`` is that word itself.
* GET and POST: the answer of whoever may, and of others where it differs: ``page``, or ``page leads``, or
  ``off leads, refused holders``. Without a name the answer is for the insiders of the group. Whoever is not named gets
  ``none``, the 404 of a thing that does not exist; a stranger is sent to the door from everywhere but the first group.
  POST means one without any field: what a person typed is the business of other tests.

The answers: ``page`` 200; ``again`` the same page, with what is missing; ``kept`` 204; ``off`` on to another page of the
node; ``refused`` a sentence with the reason; ``over`` 410; ``never`` 405, whoever asks; ``unfit`` 415, of a door
that takes no forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from panah.ground.foundation.ids import new_number
from panah.ground.kit.sealed_addresses import sealed
from tests.conftest import CAST

STRANGER = "stranger"
STAFF = (*CAST, "maryam")
# Dana is a guest of North: she signs in, and finds nothing but her own pages and those that are open to anyone.
GUEST = "dana"
AS_A_COLLEAGUE = tuple(
    f"sign_in:{name}" for name in ("sign-out", "unlock", "lock", "state", "own-key", "new-passphrase")
)
EVERYONE = (*STAFF, GUEST, STRANGER)

# Who is meant. North's things are asked for; the people of South are strangers to them like everybody else.
PEOPLE = {
    "anyone": " ".join(EVERYONE),
    "staff": " ".join(STAFF),
    "signed in": " ".join((*STAFF, GUEST)),
    "dana": GUEST,
    "leads": "bakyt saule rustam malika",
    "caseworkers": "amina cholpon daler bakyt saule rustam malika",
    "readers": "zarina bakyt saule rustam malika",
    "answering": "elena bakyt saule rustam malika",
    "others": "amina cholpon elena gulnar nurlan zarina timur ibrat daler maryam",
    "norths": "bakyt saule",
    "souths": "rustam malika",
    "knowing": "saule zarina",
    "holders": "amina bakyt saule",
    "tidying": "bakyt saule rustam malika nurlan",
    "hearing": "zarina nurlan",
    "releasing": "nurlan bakyt saule",
    "counting": "nurlan ibrat bakyt saule rustam malika",
    "distributing": "ibrat bakyt saule rustam malika",
    "line": "elena bakyt saule",
    "registering": "ibrat bakyt saule",
    "amina": "amina",
    "elena": "elena",
    "nurlan": "nurlan",
    "playing": "amina cholpon gulnar nurlan zarina timur ibrat maryam bakyt saule",
    "cholpon": "cholpon",
    "bakyt": "bakyt",
    "keepers": "bakyt saule rustam malika maryam",
    "sheltering": "gulnar amina cholpon daler bakyt saule rustam malika",
    "running": "gulnar bakyt saule rustam malika",
    "runs": "gulnar bakyt saule",
    "following": "amina gulnar bakyt saule",
    "speaking": "elena amina cholpon gulnar daler bakyt saule rustam malika",
    "speaking here": "elena amina cholpon gulnar bakyt saule",
    "told": "bakyt saule zarina elena",
    "informed": "bakyt zarina elena",
    "saule": "saule",
    "planning": "ibrat bakyt saule rustam malika",
    "planning here": "ibrat bakyt saule",
    "teaching": "ibrat bakyt saule elena",
    "maryam": "maryam",
    "reporting": "nurlan bakyt saule rustam malika maryam",
    "reporting here": "nurlan bakyt saule maryam",
    "preparing": "nurlan bakyt saule rustam malika",
    "assessing": "amina elena bakyt saule",
    "reading levels": "ibrat bakyt saule",
    "assessed": "amina elena ibrat bakyt saule",
    "here": "amina cholpon elena gulnar nurlan zarina timur ibrat bakyt saule maryam",
    "committing": "bakyt saule rustam malika maryam",
    "committing here": "bakyt saule maryam",
    "reading commitments": "ibrat nurlan bakyt saule rustam malika maryam",
    "reading commitments here": "ibrat nurlan bakyt saule maryam",
    "planned": "amina ibrat nurlan bakyt saule rustam malika maryam",
    "showing": "amina bakyt saule maryam",
    "stepping": "amina ibrat nurlan bakyt saule maryam",
    "of North": "amina bakyt saule cholpon elena gulnar nurlan zarina timur ibrat maryam",
    "bringing": "bakyt saule rustam malika maryam ibrat nurlan",
    "bringing here": "bakyt saule maryam ibrat nurlan",
    "keeping documents": "bakyt saule maryam",
    "stranger": STRANGER,
}

TABLE = """
== anyone
health                    |                | page                        | page
public:first              |                | page                        | never
public:numbers            |                | page                        | never
public:places             |                | page                        | never
public:about              |                | page                        | never
sign_in:sign-in           |                | off signed in, page stranger | again
sign_in:forgotten         |                | page                        | again
sign_in:second-step       |                | off signed in, door stranger | off signed in, door stranger
sign_in:cannot            |                | page                        | never
sign_in:invitation        | =nothing       | over                        | over
sign_in:stop-by-mail      | =nothing       | over                        | over
kit:language              |                | never                       | off
public:talk               |                | page                        | page
once                      | =nothing       | page                        | page
knowledge                 | =nothing       | over                        | over
certificate               | =nothing       | page                        | again
verify_public             |                | page                        | again
join                      | =nothing       | over                        | over
own                       | =nothing       | over                        | over
public:papers             |                | page                        | never
public:paper              | shown_file     | page                        | never
public:write              |                | page                        | again
public:answer             |                | page                        | page
exchange:card-shown       | =practice-north | page                       | never
exchange:envelopes        |                | never                       | unfit
public:check              |                | page                        | page
public:check-card         |                | page                        | never
public:check-picture      |                | page                        | never
public:check-text         |                | page                        | never

== staff
door:overview             |                | page                        | never
desk:home                 |                | page, off dana              | never
desk:week-mail            |                | never                       | off
desk:team                 |                | page leads                  | never
desk:about-me             |                | page                        | never
desk:journal              |                | page readers                | never
desk:journal-check        |                | page readers                | page readers
sign_in:sign-out          |                | page                        | door
sign_in:unlock            |                | off                         | again
sign_in:lock              |                | never                       | off
sign_in:state             |                | page                        | never
sign_in:own-key           |                | page                        | never
sign_in:typed             |                | never                       | over
sign_in:new-passphrase    |                | page                        | again
sign_in:second-factors    |                | page                        | never
sign_in:recovery-codes    |                | page                        | again
sign_in:add-passkey       |                | page                        | again
sign_in:code-app          |                | page                        | page
sign_in:passkey           | passkey        | page amina                  | again amina
sign_in:approvals         |                | page                        | never
sign_in:ceremony          |                | page leads                  | again leads
sign_in:ceremony-share    |                | off leads                   | never
sign_in:ceremony-check    |                | off leads                   | off leads
sign_in:ceremony-stop     |                | never                       | off leads
sign_in:recovery-sheet    |                | page leads                  | page leads
sign_in:new-recovery-key  |                | page leads                  | again leads
sign_in:signing-key       |                | page leads                  | refused leads
sign_in:signing-key-by-telephone |         | page                        | again
sign_in:working-mode      |                | page leads                  | again leads
sign_in:decide-working-mode |              | never                       | off leads
sign_in:tidy              |                | page tidying                | off tidying
sign_in:colleagues        |                | page leads                  | never
sign_in:reseal            |                | never                       | off leads
sign_in:invite            |                | page leads                  | again leads
kit:gallery               |                | page                        | never
kit:keys                  |                | page                        | never
shelter:places            |                | page sheltering             | never
shelter:add_place         |                | page running                | again running
shelter:share_counts      |                | never                       | off leads
directory:services        |                | page                        | again
directory:numbers         |                | page                        | never
directory:to_verify       |                | page                        | never
directory:export          |                | never                       | page
directory:bring           |                | page keepers                | again keepers
directory:agreements      |                | page                        | never
network:societies         |                | page                        | never
directory:add_number      |                | page leads                  | again leads
directory:add_service     |                | page leads                  | again leads
hotline:calls             |                | page answering              | never
hotline:take              |                | page                        | off answering
hotline:chats_now         |                | page answering              | never
hotline:log               |                | page answering              | never
hotline:hand_over         |                | page                        | again
hotline:aid               |                | page                        | again
hotline:lines             |                | page                        | never
hotline:covers            |                | page                        | again leads
hotline:add_line          |                | page leads                  | again leads
hotline:alarms_now        |                | page                        | never
family_links:requests     |                | page leads                  | never
family_links:take         |                | page                        | again
hotline:authorities       |                | page leads                  | never
hotline:take_authority    |                | page                        | again
hotline:paper             |                | page                        | never
hotline:call_tree         |                | page leads                  | again leads
hotline:sheet             | =call          | page                        | never
family_links:sheet        |                | page                        | never
hotline:type_in           |                | page                        | again
hotline:rehearsal         |                | page                        | never
hotline:script            | =silent        | page                        | off
hotline:sealed_draft      |                | never                       | none
hotline:keeping           |                | page leads                  | off leads
referrals:programmes      |                | page                        | never
cases:list                |                | page caseworkers            | never
cases:take_out            |                | never                       | page caseworkers
cases:sheet               | =case          | page                        | never
consent:sheet             |                | page                        | never
cases:open                |                | page caseworkers            | again caseworkers
cases:hand_over_many      |                | never                       | page caseworkers
cases:settings            |                | page leads                  | again leads
cases:erased              |                | page leads                  | never
cases:group               |                | page caseworkers            | again caseworkers
cases:held_now            |                | page caseworkers            | never
cases:gatherings          |                | page caseworkers            | never
cases:gathering_new       |                | page caseworkers            | again caseworkers
cooperation:start         |                | page staff                  | never
cooperation:profile       |                | page committing             | again committing
cooperation:new_point     |                | page committing             | again committing
cooperation:corridors     |                | page staff                  | never
cooperation:new_corridor  |                | page committing             | again committing
cooperation:practices     |                | page staff                  | never
cooperation:write         |                | page committing             | again committing
cooperation:meetings      |                | page staff                  | never
cooperation:new_meeting   |                | page committing             | again committing
cooperation:seats         |                | page leads                  | again leads
diplomacy:start           |                | page reading commitments    | never
diplomacy:calendar        |                | page planned                | never
diplomacy:told            |                | page reading commitments    | never
diplomacy:bring           |                | page committing             | again committing
diplomacy:empty_table     |                | page committing             | never
diplomacy:draft           |                | page committing             | again committing
diplomacy:instruments     |                | page reading commitments    | never
diplomacy:instrument      | =palermo       | page reading commitments    | never
diplomacy:standing        | =palermo       | page committing             | again committing
diplomacy:reports         |                | page reading commitments    | never
diplomacy:make_report     |                | page committing             | again committing
diplomacy:policies        |                | page reading commitments    | again committing
diplomacy:dialogues       |                | page                        | page
diplomacy:begin_dialogue  |                | page committing             | again committing
library:list              |                | page                        | never
library:search            |                | page                        | page
library:bring             |                | page bringing               | again bringing
library:begin_upload      |                | never                       | again bringing
library:collections       |                | page                        | again bringing
figures:list              |                | page                        | never
figures:table             |                | page                        | never
figures:beside            |                | page                        | never
figures:sources           |                | page                        | never
figures:sentence_countries |                | page                        | never
figures:sentences         | =xa            | page                        | never
figures:sentences_sheet   | =xa            | page                        | never
figures:write_sentence    | =xa            | page reporting here         | again reporting here
figures:enter             |                | page reporting              | again reporting
figures:add_source        |                | page reporting              | again reporting
figures:charts            |                | page                        | never
figures:corridors         |                | page                        | never
figures:briefs            |                | page                        | never
figures:new_brief         |                | page reporting              | never
figures:write_brief       | =XA            | page reporting              | again reporting
model:start               |                | page                        | never
model:begin               |                | page leads                  | again leads
model:elements            |                | page                        | never
figures:imports           |                | page reporting              | never
figures:import_bring      |                | page reporting              | again reporting
model:strong              |                | page                        | never
model:begin_edition       |                | never                       | off maryam
safety:start              |                | page                        | never
training:list             |                | page                        | never
training:modules          |                | page                        | never
training:phone            |                | page                        | never
training:phone_worker     |                | page                        | never
training:mine             |                | page                        | never
training:plan             |                | page planning               | again planning
training:write_module     |                | page planning               | again planning
training:gaps             |                | page planning               | never
training:copy_brought     | =safe-response | never                       | off planning
training:brought          | =safe-response | page                        | again leads
prevention:list           |                | page planning               | never
prevention:card           |                | page                        | never
prevention:groups         |                | page planning               | never
prevention:begin_group    |                | page planning               | again planning
prevention:plans          |                | page planning               | never
prevention:write_plan     |                | page planning               | again planning
prevention:module         | =safe-response | page planning               | never
prevention:module_sheet   | =safe-response | page planning               | never
prevention:accesses       |                | page planning               | never
prevention:ask_access     |                | page planning               | again planning
prevention:campaigns      |                | page planning               | never
prevention:plan_campaign  |                | page planning               | again planning
prevention:calendar       |                | page planning               | never
prevention:calendar_file  |                | page planning               | never
prevention:report         |                | page counting               | never
prevention:report_table   |                | page counting               | never
prevention:report_document |               | page counting               | never
prevention:behind         |                | page planning               | never
prevention:narrative      | =2026-Q3       | page tidying                | off tidying
prevention:goals          |                | page leads                  | again leads
materials:list            |                | page planning               | never
materials:add             |                | page planning               | again planning
page_texts:start          |                | off leads                   | never
page_texts:texts          | =ru            | page leads                  | again leads
page_texts:text           | =ru =47b5d0764d82d48e | page leads | again leads
network_report:overview   |                | page reporting              | never
network_report:quarter    | =2025-Q1       | page reporting              | never
network_report:prepare    | =2025-Q1       | never                       | off preparing
evidence:facts            |                | page tidying                | never
evidence:releases         |                | page tidying                | never
evidence:begin            |                | page tidying                | again tidying
evidence:begin_joint      |                | page tidying                | again tidying
evidence:enter            |                | never                       | off tidying
evidence:withdrawn        |                | page tidying                | never
evidence:verify           |                | page tidying                | again tidying
evidence:columns          |                | page tidying                | again leads
evidence:columns_brought  |                | page tidying                | never
safety:report             |                | page                        | again
safety:figures            |                | page leads                  | never
safety:interpreters       |                | page speaking               | never
safety:add_interpreter    |                | page leads                  | again leads
complaints:start          |                | page                        | never
complaints:take           |                | page                        | again
complaints:take_data      |                | page                        | again
complaints:leave          |                | page                        | again
complaints:words          |                | page                        | never
complaints:readers        |                | page                        | page
complaints:list           |                | page                        | never
complaints:pass_on        |                | never                       | off
intake:arrivals           |                | page caseworkers            | never
intake:piles              |                | page leads                  | page leads
intake:empty-pile         |                | never                       | off leads
finding:find              |                | page caseworkers            | again caseworkers
finding:others            |                | page leads                  | never
finding:doubles           |                | page leads                  | again leads
imports:bring             |                | page leads                  | again leads
imports:headings          |                | off leads                   | off leads
imports:look              |                | off leads                   | never
imports:go_on             |                | never                       | off leads
imports:stop              |                | never                       | off leads
imports:export            |                | page caseworkers            | again caseworkers
volunteers:list           |                | page distributing           | off distributing
volunteers:add            |                | page distributing           | again distributing
volunteers:figures        |                | page counting               | never
volunteers:table          |                | page counting               | never
volunteers:links          |                | page distributing           | never
volunteers:import         |                | page distributing           | again distributing
volunteers:import_headings |               | off distributing            | off distributing
volunteers:import_report  |                | off distributing            | never
volunteers:import_let_in  |                | never                       | off distributing
volunteers:import_stop    |                | never                       | off distributing
volunteers:import_to_mend |                | off distributing            | never
volunteers:doubles        |                | page distributing           | never
volunteers:call_outs      |                | page distributing           | never
volunteers:call_out_add   |                | page distributing           | again distributing
month:month               |                | page counting               | never
month:paper               |                | page counting               | never
month:table               |                | page counting               | never
month:caseload            |                | page distributing           | never
exchange:peers            |                | page                        | never
exchange:card             |                | page leads                  | off leads
exchange:card-file        |                | page leads                  | never
exchange:pair             |                | page leads                  | again leads
exchange:announce         |                | never                       | refused leads
exchange:read-file        |                | page leads                  | again leads
exchange:answer-file      |                | never                       | refused leads
accounts:settings         |                | page                        | again
accounts:end-others       |                | never                       | off
accounts:end-session      | =somebodys     | never                       | off
accounts:forget-device    | device         | never                       | off amina
accounts:roster           |                | page                        | never
accounts:put-on-duty      |                | never                       | again leads, refused others
accounts:copy-week        |                | never                       | page leads, refused others
channels:channels         |                | page leads                  | never
channels:add              | =sms           | page leads                  | again leads
channels:test-host        |                | never                       | off leads
channels:browser          |                | page                        | again
channels:forget-browsers  |                | never                       | off

== norths: what the focal points of North keep, and what anyone may read of it
sign_in:hand-over         | colleague      | page                        | again
sign_in:colleague         | colleague      | page                        | again
sign_in:admit             | colleague      | never                       | refused
sign_in:known             | newcomer       | page knowing                | off knowing
sign_in:duty-key          | colleague      | never                       | none
sign_in:open-name         | colleague      | never                       | none
sign_in:way-back          | colleague      | never                       | page
sign_in:make-focal-point  | colleague      | off                         | off
sign_in:end-focal-point   | colleague      | page                        | again
sign_in:make-officer      | colleague      | page                        | again
sign_in:end-officer       | colleague      | page                        | again
sign_in:end-access        | colleague      | page                        | off
sign_in:approval          | approval       | page told                   | never
sign_in:approve           | approval       | never                       | again saule, refused informed
sign_in:stop-approval     | approval       | never                       | off told
sign_in:carry-out         | approval       | never                       | refused told
imports:asked             | leaving        | page norths                 | off norths
accounts:take-off-duty    | duty           | never                       | off, refused others
channels:edit             | channel        | page                        | again
channels:test             | channel        | never                       | off
channels:remove           | channel        | page                        | again
directory:number          | phone          | page staff                  | again staff
directory:edit_number     | phone          | page                        | again
directory:service         | offer          | page staff                  | again staff
directory:edit_service    | offer          | page                        | again
referrals:programme       | own            | page                        | off
referrals:told            | told           | page cholpon                | again cholpon
directory:organization    | office         | page staff                  | again leads
directory:edit_organization| office         | page                        | again
network:society           | slug           | page staff                  | never
directory:brought         | brought        | page bakyt                  | again bakyt
directory:drop            | brought        | never                       | off bakyt
directory:edit_agreement  | agreement      | page                        | again
directory:pathways        | slug           | page staff                  | never
directory:add_step        | slug           | page                        | again
directory:edit_step       | slug step      | page                        | again
directory:remove_step     | slug step      | never                       | off
network:edit_society      | slug           | page                        | again
network:add_branch        | slug           | page                        | again
network:branch            | slug branch    | page                        | again
network:confirm_branch    | slug branch    | never                       | off
network:rules             | slug           | page staff                  | never
network:rules_paper       | slug           | page staff                  | never
network:rule              | slug =child_age| page staff                  | again
exchange:peer             | peer           | page                        | never
exchange:compare          | peer           | page                        | again
exchange:block            | peer           | page                        | again
exchange:unblock          | peer           | never                       | off
exchange:end              | peer           | page                        | again
exchange:write-file       | peer           | never                       | page
exchange:again            | peer message   | never                       | off
exchange:give-up          | peer message   | page                        | off
hotline:line              | line           | page                        | none
hotline:edit_line         | line           | page                        | again
hotline:end_line          | line           | page                        | refused
hotline:debrief           | colleague      | page                        | off
hotline:alarm             | alarm          | page                        | off
family_links:request      | links          | page                        | again
family_links:ask          | links          | page                        | again
family_links:ask_again    | links asking   | page                        | again
family_links:across       | links told_there | page                        | off
family_links:script       | links told_there | page                        | never
family_links:letter       | links told_there | never                       | page
family_links:came         | sought         | page                        | off
hotline:authority         | authority      | page                        | again
finding:question          | question       | page                        | off
finding:asked             | known          | page                        | refused
intake:arrival            | arrival        | page                        | again
intake:open               | arrival        | never                       | off
intake:take               | arrival        | never                       | off
intake:turn               | arrival =case  | page                        | again
intake:close              | arrival        | never                       | again
intake:seen               | arrival        | never                       | off
intake:answer             | report         | page                        | again
intake:finish             | report         | page                        | again
intake:join               | report         | page                        | again
intake:part               | report         | never                       | off
intake:pass-on            | report         | never                       | refused
intake:colleague          | report         | page                        | again
intake:file               | report upload  | page                        | never
intake:picture            | report upload  | page                        | never
intake:mark               | report upload  | never                       | off
intake:marked             | picture        | page                        | off
intake:blurred            | picture        | refused                     | never
intake:pile               | pile           | page                        | never
intake:pile-back          | pile           | never                       | off
referrals:offer           | referred       | page                        | page
safety:threat             | threat         | page                        | never
safety:step               | threat =done   | page                        | again
safety:interpreter        | interpreter    | page speaking here          | never
safety:change_interpreter | interpreter    | page                        | again
safety:ties               | interpreter    | page                        | again
safety:vet                | interpreter    | page                        | again
safety:few                | interpreter    | never                       | page
safety:end_interpreter    | interpreter    | page                        | again
safety:erase_interpreter  | interpreter    | never                       | refused
volunteers:volunteer      | volunteer      | page registering            | never
volunteers:sealed_notes   | volunteer      | never                       | page
volunteers:own_data       | volunteer =paper | never                     | page registering
volunteers:answer         | volunteer      | off registering             | again registering
volunteers:move_answer    | volunteer      | off registering             | again registering
volunteers:change         | volunteer      | page registering            | again registering
volunteers:add_role       | volunteer      | page registering            | again registering
volunteers:end_role       | volunteer      | page registering            | again registering
volunteers:safeguarding   | volunteer      | page registering            | again registering
volunteers:insurance      | volunteer      | page registering            | off registering
volunteers:ask_to_vet     | volunteer      | page registering            | again registering
volunteers:vet            | volunteer      | page norths                 | again norths
volunteers:write_incident | volunteer      | page registering            | again registering
volunteers:link_staff     | volunteer      | page norths                 | off norths
volunteers:pause          | volunteer      | page registering            | again registering
volunteers:come_back      | volunteer      | off registering             | again registering
volunteers:ask_to_move    | volunteer      | page registering            | again registering
volunteers:leave          | volunteer      | page registering            | again registering
volunteers:erase          | volunteer      | page registering            | again registering
volunteers:incident       | volunteers_incident | page                  | again
volunteers:link           | volunteers_branch | page registering         | page registering
volunteers:sheet          | volunteers_branch | page registering         | never
volunteers:call_out       | call_out       | page registering            | again registering
volunteers:call_out_move  | call_out       | page registering            | again registering
volunteers:call_out_close | call_out       | never                       | off registering
volunteers:call_out_choose | call_out called | never                      | off registering
volunteers:call_out_answer | call_out called | page registering           | again registering
volunteers:call_out_cancelled | call_out called | never                   | refused registering
volunteers:helped         | volunteer      | page registering            | again registering
volunteers:give_page      | volunteer      | never                       | page registering
volunteers:page_step      | volunteer =pin | never                       | off registering
volunteers:decide_hours   | hours =yes     | never                       | off registering
volunteers:decide_money   | expense =yes   | never                       | off registering
volunteers:double         | double         | page registering            | again registering
volunteers:double_taken_back | merged      | never                       | off registering

== planning here: a course of North that Elena leads, and what it teaches
training:course           | course         | page teaching               | never
training:change           | course         | page                        | again
training:add_session      | course         | page                        | again
training:call_off         | course         | never                       | off
training:settle           | course         | never                       | off teaching
training:enrol            | course         | page                        | again
training:lead             | course         | page                        | again
training:who_need         | course         | page                        | again
training:names            | course         | page                        | again
training:cancel           | on_list        | never                       | off
training:link             | on_list        | page                        | again
training:register         | session        | page teaching               | off teaching
training:typed            | session        | page teaching               | again teaching
training:paper            | session        | page teaching               | never
training:change_session   | session        | page                        | again
training:drop_session     | session        | never                       | refused
training:phone_take       | session        | never                       | page teaching
training:phone_send       | phone_list     | never                       | again elena
training:revoke_phone     | phone_list     | never                       | off teaching
training:volunteer        | taught         | page                        | again
training:module           | adopted        | page playing, page elena    | never
training:retire           | adopted        | never                       | off norths
training:copy_adopted     | adopted        | never                       | off planning here
training:draft            | draft          | page planning here          | never
training:draft_about      | draft          | page planning here          | again planning here
training:add_part         | draft          | page planning here          | again planning here
training:draft_part       | draft =1       | page planning here          | again planning here
training:add_question     | draft          | page planning here          | again planning here
training:draft_question   | draft =q1      | page planning here          | again planning here
training:arrange_draft    | draft          | never                       | off planning here
training:draft_ready      | draft          | never                       | off planning here
training:drop_draft       | draft          | never                       | off planning here
training:decide_draft     | draft          | never                       | again norths
training:questions        | adopted        | page playing, page elena    | never
training:test             | certified =before | page teaching            | off teaching
training:test_phones      | test           | never                       | off teaching
training:test_paper       | test           | page teaching               | never
training:test_typed       | test           | page teaching               | again teaching
training:test_aloud       | test           | page teaching               | off teaching
training:sheet            | answered       | never                       | off teaching
training:certificates     | certified      | page teaching               | again teaching
training:print_certificates | certified    | page teaching               | never
training:certificate      | certificate    | page teaching               | again
training:print_certificate | certificate   | page teaching               | never
training:revoke_certificate | certificate  | never                       | off
training:switch_certificate | certificate  | never                       | off
training:print_mine       | certificate    | page nurlan                 | never
training:switch_mine      | certificate    | never                       | off nurlan

== staff: a document of North that the whole network finds; its keepers change it
library:document          | shared_document | page                       | never
library:progress          | shared_document | page                       | never
library:file              | shared_document =1 | page                    | never
library:pages             | shared_document =1 =1 | page                 | never
library:similar           | shared_document | page                       | never
library:found             | shared_document =1 | page                    | never
library:change            | shared_document | page keeping documents     | again keeping documents
library:version           | shared_document | page keeping documents     | again keeping documents
library:visibility        | shared_document | page keeping documents     | again keeping documents
library:replace           | shared_document | page keeping documents     | again keeping documents
library:withdraw          | shared_document | page keeping documents     | again keeping documents
library:in_force          | shared_document | never                      | off keeping documents
library:destroy           | shared_document | page keeping documents     | again keeping documents
library:again             | shared_document | page keeping documents     | off keeping documents
library:language          | shared_document =1 =1 | page keeping documents | again keeping documents
library:link              | shared_document | page keeping documents     | again keeping documents
library:collect           | shared_document | page bringing              | again bringing
library:unlink            | shared_document =00000000-0000-4000-8000-00000000a001 | never | off keeping documents

== of North: a figure of North, its source with a file, and a sentence that waits for a second person
figures:source            | figure_source  | page                        | never
figures:file              | figure_file    | page                        | never
figures:keep_file         | figure_source  | page reporting here         | again reporting here
figures:figure            | figure         | page                        | never
figures:figure_table      | figure         | page                        | never
figures:break             | figure         | page reporting here         | again reporting here
figures:tension           | figure         | page reporting here         | again reporting here
figures:rate              | figure         | page reporting here         | again reporting here
figures:correct           | figure         | page reporting here         | again reporting here
figures:withdraw          | figure         | page reporting here         | again reporting here
figures:sentence          | sentence       | page                        | again saule
figures:end_sentence      | sentence       | never                       | off reporting here
figures:chart             | =XA =identified | page                       | never
figures:chart_csv         | =XA =identified | page                       | never
figures:brief             | brief_draft    | page                        | never
figures:change_brief      | brief_draft    | page bakyt                  | again bakyt
figures:ask_reader        | brief_draft    | page bakyt                  | again bakyt
figures:take_back         | brief_reading  | never                       | off bakyt
figures:read_brief        | brief_reading  | page amina                  | again amina
figures:clear_brief       | brief_clearing | page norths                 | again norths
figures:publish_brief     | brief_cleared  | never                       | off reporting here
figures:object_to         | brief_published | page norths                | again norths
figures:withdraw_brief    | brief_published | page reporting here        | again reporting here
figures:erratum_seen      | brief_published | never                      | off reporting here
figures:brief_file        | brief_published =en =1 | page                | never

== of North: a collection of North, and a file that Bakyt is bringing
library:collection        | collection     | page                        | off bringing here
library:packed            | collection     | page                        | never
library:drop_collection   | collection     | never                       | off bringing here
library:pieces            | file_on_its_way | never                       | again bakyt
library:piece             | file_on_its_way =0 | never                       | again bakyt

== of North: a table of figures that waits with its difference, and one whose columns are still to be explained
figures:import_table      | table_import   | page reporting here         | off reporting here
figures:import_columns    | table_asked    | page reporting here         | again reporting here
figures:import_sheet      | table_asked    | page reporting here         | again reporting here
figures:import_report     | table_import   | page reporting here         | never
figures:import_again      | table_import   | never                       | off reporting here
figures:import_refuse     | table_asked    | never                       | off reporting here

== norths: the network's space of North; every colleague of hers reads, those who keep it write
cooperation:point         | contact_office | page here                   | never
cooperation:change_point  | contact_office | page committing here        | again committing here
cooperation:end_point     | contact_office | never                       | off committing here
cooperation:try_point     | contact_office | page committing here        | again committing here
cooperation:change_corridor | corridor     | page committing here        | again committing here
cooperation:practice      | good_practice  | page committing here        | never
cooperation:change        | good_practice  | page committing here        | again committing here
cooperation:ask_review    | good_practice  | page                        | again
cooperation:call_back     | good_practice  | never                       | off
cooperation:publish       | good_practice  | never                       | off
cooperation:next_version  | good_practice  | never                       | off committing here
cooperation:translate     | good_practice  | off committing here         | again committing here
cooperation:told          | told_practice  | page here                   | never
cooperation:review        | told_practice  | page                        | again
cooperation:try_told      | told_office    | page committing here        | again committing here
cooperation:meeting       | network_meeting | page here                   | never
cooperation:change_meeting | network_meeting | page committing here        | again committing here
cooperation:paper         | network_meeting | page committing here        | again committing here
cooperation:decide        | network_meeting | page committing here        | again committing here
cooperation:decision      | decision       | page here                   | again showing
cooperation:share         | =point contact_office | never                       | none
cooperation:seat          | seat           | page                        | off
cooperation:end_seat      | seat           | never                       | off
cooperation:question      | guest_question | page                        | again

== dana: what is shared with a guest
cooperation:guest         |                | page                        | never
cooperation:guest_entry   | corridor       | page                        | again

== reading commitments here: commitments of North, its reports, its policy and its dialogues
diplomacy:commitment      | committed      | page stepping               | never
diplomacy:change          | drafted        | page committing here        | again committing here
diplomacy:send_back       | drafted        | page saule                  | again saule
diplomacy:sign_off        | drafted        | never                       | off norths
diplomacy:supporter       | committed      | page committing here        | again committing here
diplomacy:add_step        | committed      | page committing here        | again committing here
diplomacy:add_indicator   | committed      | page committing here        | again committing here
diplomacy:add_evidence    | committed      | page showing                | again showing
diplomacy:say_status      | committed      | page committing here        | again committing here
diplomacy:end             | committed      | never                       | off norths
diplomacy:tell_no_more    | committed      | never                       | off norths
diplomacy:carry_over      | committed      | page committing here        | again committing here
diplomacy:step            | commitment_step | page stepping              | again showing
diplomacy:report          | follow_up      | page                        | again saule
diplomacy:report_docx     | cleared        | page                        | never
diplomacy:report_pdf      | cleared        | page                        | never
diplomacy:report_zip      | cleared        | page                        | never
diplomacy:policy          | policy         | page                        | again
diplomacy:change_policy   | policy         | page committing here        | again committing here
diplomacy:adopt_policy    | policy         | page norths                 | again norths
diplomacy:policy_sheet    | policy         | page                        | never
diplomacy:dialogue        | dialogue       | page norths                 | again norths
diplomacy:close_dialogue  | dialogue       | page norths                 | again norths
diplomacy:reopen_dialogue | closed_dialogue | never                      | off norths
diplomacy:erase_dialogue  | closed_dialogue | page norths                | again norths
diplomacy:scan            | dialogue =00000000-0000-4000-8000-00000000a001 | none                   | never

== norths: self-assessments of North, given by Amina and Elena; the texts are Maryam's
model:assessment          | assessed       | page assessed               | never
model:people              | alone          | page                        | again
model:together            | alone          | never                       | off
model:end                 | together       | never                       | off
model:agree               | together =shelter | page assessing           | again
model:plan                | assessed       | page                        | again
model:action              | planned        | page assessed               | again
model:share               | assessed       | page                        | again
model:take_back           | assessed       | never                       | off
model:sheet               | assessed       | page reading levels         | never
model:own                 | part           | page amina                  | never
model:level               | part =shelter  | page amina                  | again amina
model:finish              | part           | never                       | off amina
model:edition             | edition        | page maryam                 | never
model:change_element      | edition =shelter | page maryam               | again maryam
model:publish             | edition        | never                       | off maryam

== planning here: peer education of North
prevention:group          | peers          | page                        | never
prevention:add_educator   | peers          | page                        | again
prevention:end_group      | peers          | never                       | refused
prevention:plan           | peers          | page                        | again
prevention:take_out       | educator       | never                       | off
prevention:own_plan       | own_plan       | page                        | never
prevention:own_plan_sheet | own_plan       | page                        | never
prevention:change_plan    | own_plan       | page                        | again
prevention:retire_plan    | own_plan       | never                       | off
prevention:session        | lesson         | page                        | never
prevention:change         | lesson         | page                        | again
prevention:call_off       | lesson         | never                       | off
prevention:count          | lesson         | page                        | again
prevention:tests          | lesson         | page                        | again
prevention:debrief        | lesson         | never                       | off
prevention:access         | access         | page                        | never
prevention:decide_access  | access         | page                        | again
prevention:letter         | access         | never                       | page
prevention:campaign       | campaign       | page                        | never
prevention:change_campaign | campaign      | page                        | again
prevention:check          | campaign       | page                        | again
prevention:publish        | campaign       | never                       | refused
prevention:add_material   | campaign       | page                        | again
prevention:end_campaign   | campaign       | page                        | again
prevention:drop_material  | material       | never                       | off

== planning here: files that North publishes
materials:draft           | waiting_file   | page                        | never
materials:change          | waiting_file   | page                        | again
materials:draft_file      | waiting_file   | page                        | never
materials:drop            | waiting_file   | never                       | off
materials:publish         | waiting_file   | never                       | refused norths
materials:version         | shown_file     | page                        | never
materials:file            | shown_file     | page                        | never
materials:next            | shown_file     | never                       | off
materials:withdraw        | shown_file     | never                       | off norths

== leads: texts of the public door, which is one for all societies of the node
page_texts:draft          | text_draft     | off                         | never
page_texts:publish        | text_draft     | never                       | off
page_texts:drop           | text_draft     | never                       | off
page_texts:take_back      | text_shown     | never                       | off

== norths: figures of North, prepared and signed off
network_report:contribution | figures      | page reporting here         | again
network_report:sign_off   | figures        | never                       | off

== releasing: a release of North that Nurlan began
evidence:release          | release        | page                        | never
evidence:prepare          | release        | page                        | again
evidence:rehearse         | release        | never                       | again
evidence:progress         | release        | page                        | never
evidence:columns_file     | signed_columns | page                        | never
evidence:change           | release        | page                        | again
evidence:review           | release        | page norths                 | again norths
evidence:file             | release        | page                        | never
evidence:counts           | given_release  | page                        | never
evidence:give_up          | release        | never                       | off
evidence:withdraw         | release        | page norths                 | again norths

== hearing: what Zarina and Nurlan read; of what they ask for, Amina reads the question
complaints:matter         | matter         | page                        | page
complaints:step           | matter =note   | page                        | again
complaints:left           | left           | page                        | off
complaints:asked          | asked          | page, page amina            | again, again amina

== runs: a house of North, run by Gulnar
shelter:place             | place          | page                        | never
shelter:board             | place          | page                        | never
shelter:way               | place          | off                         | off
shelter:edit_place        | place          | page                        | again
shelter:edit_way          | place          | off                         | page
shelter:people            | place          | page                        | again
shelter:take_off          | place manager  | never                       | refused
shelter:end_shift         | place shift    | never                       | off
shelter:rooms             | place          | page                        | again
shelter:room              | place room     | page                        | again
shelter:bed               | place bed      | page                        | again
shelter:put               | place bed      | page                        | again
shelter:book              | place          | page                        | again
shelter:needs             | place          | page                        | again
shelter:need              | place lack     | never                       | off
shelter:decide            | asked_bed      | page                        | again
shelter:arrive            | coming         | never                       | off
shelter:change            | stay           | page                        | again
shelter:leave             | stay           | page                        | again
shelter:late              | stay           | page                        | again
shelter:back              | missing        | page                        | again
shelter:let_in            | stay           | never                       | again

== following: a bed that Amina asked for
shelter:stay              | stay           | page                        | never
shelter:second            | stay           | off                         | off
shelter:who               | stay           | off                         | off
shelter:way_there         | stay           | off                         | off
shelter:sheet             | stay           | off                         | page
complaints:kept_of_stay   | stay           | page                        | again
shelter:take_back         | coming         | never                       | off

== line: a call on a line of North
hotline:opened            | contact_pk     | off                         | never
hotline:call              | contact        | page                        | off
hotline:draft             | contact        | never                       | kept
hotline:alive             | contact        | never                       | kept
hotline:beside            | contact        | page                        | never
hotline:chat              | chat           | page                        | off
hotline:chat_lines        | talk           | page                        | never
hotline:chat_say          | talk           | never                       | off
hotline:emergency         | contact        | page                        | off
hotline:emergency_draft   | contact        | never                       | kept
hotline:services          | contact        | page                        | again
family_links:call         | contact        | page                        | again
hotline:call_authority    | contact        | page                        | again
hotline:back              | contact        | page                        | again
hotline:next              | ended          | page                        | again
hotline:contact           | contact        | page                        | never
hotline:earlier           | contact        | page                        | never
complaints:kept_of_contact | contact       | page                        | again
hotline:people            | contact        | page                        | again
hotline:join              | contact        | never                       | none
hotline:part              | contact        | never                       | none
hotline:show              | contact        | never                       | off
hotline:resume            | contact        | never                       | off
hotline:close             | contact        | never                       | off
hotline:case              | contact        | never                       | off
hotline:prompts           | contact        | page                        | again
hotline:held              | contact        | page                        | again
hotline:held_end          | contact        | page                        | again
hotline:keep              | contact        | page                        | again
hotline:erase             | contact        | never                       | off norths
hotline:forget_note       | contact        | never                       | off
hotline:hard              | contact        | never                       | off

== elena: a call that Elena rehearses
hotline:rehearse          | rehearsed      | page                        | page
hotline:rehearse_draft    | rehearsed      | never                       | kept
hotline:rehearse_answer   | rehearsed      | never                       | off playing

== holders: an event of Amina's
cases:gathering           | event          | page                        | never
cases:together            | event =bed     | page                        | again
cases:gathering_change    | event          | page                        | again
cases:gathering_join      | event          | never                       | again
cases:gathering_heard     | event heard    | never                       | off

== holders: a case of Amina's
desk:item                 | item           | page                        | never
desk:done                 | item           | page                        | again
desk:undo                 | item           | never                       | off
desk:move                 | item           | never                       | again
desk:give                 | item           | never                       | again
desk:second               | item           | never                       | refused
cases:case                | number         | page                        | never
cases:identity            | number         | off                         | off
cases:cover               | number         | never                       | off
cases:change_identity     | number         | off                         | page
cases:note                | number         | never                       | again
cases:facts               | number         | page                        | again
cases:journal             | number         | page                        | never
cases:due_new             | number         | page                        | again
cases:danger              | number         | page                        | off
cases:told                | number         | page                        | never
cases:episode_new         | number         | page                        | off
cases:episode             | number episode | page                        | off
cases:section             | number =person | page                        | off
cases:plan                | number         | page                        | never
cases:need                | number         | page                        | again
cases:need_change         | number need    | page                        | again
cases:objectives          | number         | page                        | again
cases:service             | number         | page                        | again
cases:service_change      | number service | page                        | again
cases:plan_ask            | number         | never                       | off
cases:plan_decide         | number         | never                       | refused
cases:safety              | number         | page                        | never
cases:risk                | number         | page                        | again
cases:safety_plan         | number         | page                        | off
cases:summary             | number         | page                        | again
cases:safety_paper        | number         | page                        | again
cases:stage               | number         | page                        | never
cases:step                | number =presumed| page                       | again
cases:child               | number         | page                        | never
cases:age                 | number         | page                        | again
cases:guardian            | number         | page                        | again
cases:determination       | number         | page                        | again
cases:best_interests      | number =note   | page                        | again
cases:detention           | number         | page                        | never
cases:detention_change    | number         | page                        | again
cases:detention_visit     | number         | page                        | again
cases:detention_consulate | number         | page                        | again
cases:detention_end       | number         | page                        | again
cases:dates               | number         | page                        | never
cases:clock               | number         | page                        | again
cases:clock_change        | number clock   | page                        | again
cases:clock_seen          | number clock   | never                       | off
cases:clock_end           | number clock   | page                        | again
cases:begin_follow_up     | number         | never                       | off
cases:follow_up_new       | number         | page                        | again
cases:follow_up           | number follow  | page                        | again
cases:follow_up_day       | number follow  | page                        | again
cases:reintegration       | number         | page                        | off
cases:means               | number         | page                        | never
cases:give                | number         | page                        | again
cases:receipt             | number receipt | page                        | never
cases:sign                | number receipt | never                       | off norths, refused amina
cases:void                | number receipt | page                        | again
cases:links               | number         | page                        | again
cases:unlink              | number link    | never                       | off
cases:team                | number         | page                        | never
cases:conference          | number         | page                        | again
cases:supervision         | number         | page                        | again
cases:let_in              | number         | never                       | again
cases:take_back           | number staff   | never                       | refused
cases:hand_over           | number         | never                       | again
cases:close               | number         | page                        | never
cases:close_ask           | number         | never                       | again
cases:close_decide        | number         | never                       | refused
cases:reopen              | number         | never                       | again
cases:keep_longer         | number         | never                       | again
cases:erase               | number         | never                       | again
cases:erase_ask           | number         | never                       | again
cases:erase_stop          | number         | never                       | off norths, refused amina
cases:documents           | number         | page                        | never
cases:document_add        | number         | page                        | again
cases:document            | number doc     | page                        | never
cases:document_open       | number doc     | off                         | off
cases:document_cover      | number doc     | never                       | off
cases:document_seen       | number doc token | page amina                | never
cases:document_describe   | number doc     | page                        | again
cases:document_take       | number doc     | page                        | again
cases:document_destroy    | number doc     | page                        | again
complaints:kept           | number         | page                        | again
complaints:hears          | number names_her | page norths               | again norths
consent:type_in           | number         | page                        | again
consent:copy              | number         | page                        | again
consent:answers           | number         | page                        | never
consent:ask               | number =partner | page                       | again
consent:withdraw          | number consent | page                        | again
finding:there             | number         | page                        | never
finding:ask_there         | number =practice-south | page                | refused
finding:take_answer       | number asked_there | never                   | refused
finding:decide            | number laid    | page                        | page
finding:let_go            | number laid    | never                       | refused
finding:double            | number alike   | page                        | again
referrals:list            | number         | page                        | never
referrals:find            | number         | page                        | again
referrals:new             | number =partner receiver | page              | again
referrals:one             | number referral| page                        | again
referrals:change          | number prepared| page                        | again
referrals:came            | number taken_back | page                     | again
referrals:give-up         | number referral| page                        | again
referrals:letter          | number referral| never                       | page
referrals:locked          | number referral| never                       | page
referrals:script          | number referral| page                        | never
shelter:case              | number         | page                        | off
shelter:ask               | number place   | page                        | again
screening:start           | number         | page                        | again
screening:decline         | number         | never                       | off
screening:result          | number         | page                        | never
screening:paper           | number         | never                       | page
screening:blank           | number =adult_labour | page                  | never
screening:meeting         | number meeting | page                        | never
screening:end             | number meeting | never                       | off
screening:step            | number meeting =deceived | page              | again
screening:keep            | number meeting =deceived | never             | again
"""


@dataclass(frozen=True)
class Address:
    """One line of the table: ``answers[method]`` is ``{who: answer}``, for everybody."""

    name: str
    things: tuple[str, ...]
    answers: dict[str, dict[str, str]]
    open: bool

    @property
    def of_a_thing(self) -> bool:
        return any(not one.startswith("=") for one in self.things)

    def path(self, of: dict[str, Any]) -> str:
        """The address with the ids of these things in it; a thing that is not among them gets an id of none."""
        words = iter(self.things)

        def fill(match: re.Match[str]) -> str:
            word = next(words)
            if match[1].startswith("sealed"):
                return sealed(word[1:] if word.startswith("=") else of.get(word) or NOBODYS)
            if word.startswith("="):
                return word[1:]
            nobodys = NOBODYS_NUMBER if match[1].startswith("int:") else NOBODYS
            return str(of.get(word) or (new_number() if "number" in match[1] else nobodys))

        return "/" + re.sub(r"<([^>]+)>", fill, ROUTES[self.name])


HERS = "cooperation:guest"
NOBODYS_NUMBER = "1987654321"
NOBODYS = "00000000-0000-4000-8000-00000000dead"


def walk(resolver: Any, space: tuple[str, ...] = (), before: str = "") -> Any:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            below = (*space, one.namespace) if one.namespace else space
            yield from walk(one, below, before + str(one.pattern))
        else:
            yield ":".join((*space, one.name)), before + str(one.pattern)


def told(cell: str, insiders: str) -> dict[str, str]:
    """Read one cell: ``{who: answer}`` for everybody."""
    if cell == "never":
        return dict.fromkeys(STAFF, "never")
    said = dict.fromkeys((*STAFF, GUEST), "none")
    for part in cell.split(", "):
        answer, _, whom = part.partition(" ")
        said |= dict.fromkeys(PEOPLE[whom or insiders].split(), answer)
    return said


def read(table: str) -> dict[str, Address]:
    found, insiders = {}, ""
    for line in filter(None, table.splitlines()):
        if line.startswith("=="):
            insiders = line.removeprefix("== ").partition(":")[0]
            continue
        name, things, get, post = (cell.strip() for cell in line.split("|"))
        open_to_all = insiders == "anyone"
        answers = {"GET": told(get, insiders), "POST": told(post, insiders)}
        for one, cell in (("GET", get), ("POST", post)):
            answers[one].setdefault(GUEST, "never" if open_to_all or name.startswith(HERS) else "none")
            if name in AS_A_COLLEAGUE:
                answers[one][GUEST] = answers[one]["timur"]
            if not open_to_all:
                answers[one][STRANGER] = "door"
            elif cell == "never":
                answers[one][STRANGER] = "never"
        found[name] = Address(name, tuple(things.split()), answers, open_to_all)
    return found


ROUTES = dict(walk(get_resolver()))
ADDRESSES = read(TABLE)
