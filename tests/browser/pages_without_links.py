"""Pages to which no link of the practice node leads as it begins."""

NO_LINK_LEADS_THERE = (
    "cases:danger", "cases:document", "cases:document_describe", "cases:document_destroy", "cases:document_seen",
    "cases:document_take", "cases:episode", "cases:receipt", "cases:safety_paper", "cases:service_change",
    "cases:void", "channels:edit", "channels:remove", "cooperation:ask_review", "cooperation:change",
    "cooperation:guest", "cooperation:guest_entry", "cooperation:question", "cooperation:review",
    "cooperation:seat", "cooperation:try_told", "diplomacy:change", "diplomacy:erase_dialogue",
    "diplomacy:send_back", "directory:brought", "directory:edit_step", "evidence:counts", "evidence:progress",
    "evidence:withdraw", "exchange:compare", "exchange:give-up", "family_links:ask_again", "family_links:call",
    "family_links:came", "family_links:script", "figures:ask_reader", "figures:change_brief", "figures:clear_brief",
    "figures:import_sheet", "figures:object_to", "figures:read_brief", "finding:asked", "finding:decide",
    "finding:double", "finding:question", "hotline:alarm", "hotline:alarms_now", "hotline:beside",
    "hotline:call_authority", "hotline:chat_lines", "hotline:chats_now", "hotline:debrief", "hotline:emergency",
    "hotline:held_end", "hotline:people", "hotline:prompts", "hotline:rehearse", "hotline:services", "intake:file",
    "intake:marked", "intake:picture", "intake:pile", "kit:gallery", "library:found", "library:progress",
    "model:change_element", "model:edition", "model:people", "prevention:change_plan", "referrals:came",
    "referrals:change", "referrals:offer", "referrals:told", "screening:step", "shelter:change", "shelter:late",
    "shelter:leave", "sign_in:ceremony", "sign_in:end-focal-point", "sign_in:end-officer", "sign_in:known",
    "sign_in:own-key", "sign_in:passkey", "sign_in:sign-out", "sign_in:state", "sign_in:tidy",
    "training:phone_worker", "training:print_mine", "training:test_aloud", "training:test_paper",
    "training:test_typed", "volunteers:call_out_answer", "volunteers:double",
    # Which of many cases and reports a colleague is led to is decided by their random numbers; not each has these.
    "cases:follow_up", "cases:follow_up_day", "diplomacy:report_docx", "diplomacy:report_pdf", "diplomacy:report_zip",
)  # fmt: skip
