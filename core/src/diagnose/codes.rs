//! The API's structured error codes, `error.details.error_code`, as one table.
//!
//! A code says more than the type and the status beside it, and may turn them round: one 503 has done its work, one 400
//! is worth sending again. Where a code means the same thing to fix as a cause that is known from a message, it has
//! that cause. The codes are those of the official SDKs; an unknown one leaves the decision to the type and the status.

use crate::cause::Cause;

/// One code: the status the API sends it under, and its entry of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CodeRow {
    pub(crate) code: &'static str,
    pub(crate) status: u16,
    pub(crate) cause: Cause,
}

macro_rules! codes {
    ($($code:ident $status:literal $cause:ident;)*) => {
        /// Every code, sorted by its name.
        pub(crate) const CODES: &[CodeRow] = &[
            $(CodeRow { code: stringify!($code), status: $status, cause: Cause::$cause },)*
        ];
    };
}

codes! {
    already_member 400 AlreadyMember;
    api_key_scope_missing 403 ApiKeyScopeMissing;
    available_tools_limit_exceeded 400 AvailableToolsLimitExceeded;
    bundle_attachment_not_supported 400 BundleAttachmentNotSupported;
    bundle_on_call 400 BundleOnCall;
    cannot_invite_emails_with_unverified_domains 400 CannotInviteEmailsWithUnverifiedDomains;
    cannot_remove_last_member 400 CannotRemoveLastMember;
    cannot_sign_out_managed_member 403 CannotSignOutManagedMember;
    cannot_sign_out_membership_admin 403 CannotSignOutMembershipAdmin;
    cannot_sign_out_owner 403 CannotSignOutOwner;
    cannot_sign_out_primary_owner 400 CannotSignOutPrimaryOwner;
    cannot_sign_out_privileged_member 403 CannotSignOutPrivilegedMember;
    cannot_sign_out_self 400 CannotSignOutSelf;
    claude_code_key_creator_not_member 400 ClaudeCodeKeyCreatorNotMember;
    claude_code_version_too_old 400 ClaudeCodeVersionTooOld;
    claude_tag_writes_not_enabled 403 ClaudeTagWritesNotEnabled;
    cmek_context_unavailable 503 CmekContextUnavailable;
    cmek_feature_unsupported 400 CmekFeatureUnsupported;
    cmek_key_disabled 400 CmekKeyDisabled;
    cmek_key_network_blocked 400 CmekKeyNetworkBlocked;
    cmek_key_unreachable 503 CmekKeyUnreachable;
    compaction_block_ambiguous 400 CompactionBlockAmbiguous;
    compaction_block_misplaced 400 CompactionBlockMisplaced;
    compaction_content_mismatch 400 CompactionContentMismatch;
    compaction_incomplete_turn 400 CompactionIncompleteTurn;
    compaction_nothing_to_summarize 400 CompactionNothingToSummarize;
    compaction_signature_invalid 400 CompactionSignatureInvalid;
    compaction_too_many_tool_references 400 CompactionTooManyToolReferences;
    compaction_tool_changes_mismatch 400 CompactionToolChangesMismatch;
    compaction_unavailable 529 CompactionUnavailable;
    compliance_configuration_restricted 403 ComplianceConfigurationRestricted;
    concurrent_membership_change 409 ConcurrentMembershipChange;
    contract_spend_limit_reached 429 ContractSpendLimitReached;
    email_domain_not_allowed 400 EmailDomainNotAllowed;
    enforced_spend_limit_reached 429 UsageLimitReached;
    environment_archived 400 EnvironmentArchived;
    environment_create_disabled 403 EnvironmentCreateDisabled;
    environment_not_found 404 EnvironmentNotFound;
    environment_update_disabled 403 EnvironmentUpdateDisabled;
    external_key_changed 409 ExternalKeyChanged;
    external_key_in_workspace_policy 400 ExternalKeyInWorkspacePolicy;
    external_key_validation_failed 400 ExternalKeyValidationFailed;
    external_key_validation_timed_out 400 ExternalKeyValidationTimedOut;
    file_expired 404 FileExpired;
    file_not_downloadable 400 FileNotDownloadable;
    heartbeat_precondition_failed 412 HeartbeatPreconditionFailed;
    image_dimensions_too_large 400 ImageDimensionsTooLarge;
    invalid_config_type_change 400 InvalidConfigTypeChange;
    invalid_metadata 400 InvalidMetadata;
    invite_already_exists 400 InviteAlreadyExists;
    key_profile_mismatch 400 KeyProfileMismatch;
    linked_organization_billing_unavailable 402 LinkedOrganizationBillingUnavailable;
    linked_organization_spend_limit_reached 402 LinkedOrganizationSpendLimitReached;
    org_api_key_limit_exceeded 400 OrgApiKeyLimitExceeded;
    org_member_limit_exceeded 400 OrgMemberLimitExceeded;
    organization_level_scoped_api_key_required 403 OrganizationLevelScopedApiKeyRequired;
    organization_not_enrolled_in_beta 400 OrganizationNotEnrolledInBeta;
    organization_on_hold 400 OrganizationOnHold;
    organization_type_not_supported 400 OrganizationTypeNotSupported;
    parent_organization_required 400 ParentOrganizationRequired;
    plugin_name_taken 409 PluginNameTaken;
    ramp_limit_exceeded 429 RampLimitExceeded;
    rbac_group_grants_owner_access 400 RbacGroupGrantsOwnerAccess;
    rbac_group_managed_settings_not_found 404 RbacGroupManagedSettingsNotFound;
    rbac_group_not_found 404 RbacGroupNotFound;
    rbac_group_order_limit_exceeded 400 RbacGroupOrderLimitExceeded;
    rbac_group_owner_access_unconfirmed 400 RbacGroupOwnerAccessUnconfirmed;
    rbac_role_not_found 404 RbacRoleNotFound;
    registration_pending 503 RegistrationPending;
    request_body_encoding_invalid 400 RequestBodyEncodingInvalid;
    request_body_encoding_unsupported 400 RequestBodyEncodingUnsupported;
    request_body_timeout 400 RequestBodyTimeout;
    request_body_too_large_after_decoding 413 RequestBodyTooLargeAfterDecoding;
    sandbox_egress_restricted 403 SandboxEgressRestricted;
    scan_failed 400 ScanFailed;
    scan_pending 409 ScanPending;
    settings_document_limit_exceeded 400 SettingsDocumentLimitExceeded;
    settings_history_limit_exceeded 400 SettingsHistoryLimitExceeded;
    skill_name_taken 409 SkillNameTaken;
    skill_read_blocked_undecryptable 409 SkillReadBlockedUndecryptable;
    slack_channel_set_up_environment_not_found 404 SlackChannelSetUpEnvironmentNotFound;
    slack_channel_set_up_settings_conflict 409 SlackChannelSetUpSettingsConflict;
    slack_channel_set_up_settings_refused 400 SlackChannelSetUpSettingsRefused;
    spend_limits_admin_api_writes_not_enabled 403 SpendLimitsAdminApiWritesNotEnabled;
    storage_quota_exceeded 400 StorageQuotaExceeded;
    thread_already_continued 400 ThreadAlreadyContinued;
    thread_continue_in_flight 400 ThreadContinueInFlight;
    thread_fingerprint_mismatch 400 ThreadFingerprintMismatch;
    thread_not_found 404 ThreadNotFound;
    thread_unsupported_request 400 ThreadUnsupportedRequest;
    tool_name_conflict 400 ToolNameDuplicate;
    tool_reference_unresolved 400 ToolReferenceUnresolved;
    unsupported_charset 400 UnsupportedCharset;
    user_profile_billing_not_authorized 403 UserProfileBillingNotAuthorized;
    user_profile_not_billable 403 UserProfileNotBillable;
    user_profile_not_found 400 UserProfileNotFound;
    user_profile_required 400 UserProfileRequired;
    workspace_api_key_limit_exceeded 400 WorkspaceApiKeyLimitExceeded;
    workspace_member_limit_exceeded 400 WorkspaceMemberLimitExceeded;
    workspace_policy_violation 400 WorkspacePolicyViolation;
}

/// The row of that code; `None` for a code that is not in the table.
pub(crate) fn by_code(code: &str) -> Option<&'static CodeRow> {
    let found = CODES.binary_search_by(|row| row.code.cmp(code)).ok()?;
    CODES.get(found)
}

#[cfg(test)]
mod tests {
    use super::{CODES, by_code};
    use crate::cause::Effect;
    use crate::kind::ErrorKind;

    fn vectors() -> serde_json::Value {
        serde_json::from_str(include_str!("../../../tests/vectors/codes.json")).expect("vectors are JSON")
    }

    #[test]
    fn every_code_decides_as_its_vector_says() {
        let vectors = vectors();
        let cases = vectors["cases"].as_array().expect("cases");
        assert_eq!(cases.len(), CODES.len(), "one vector per code");
        for case in cases {
            let code = case["given"]["error_code"].as_str().expect("error_code");
            let row = by_code(code).unwrap_or_else(|| panic!("{code} is not in the table"));
            let expect = &case["expect"];
            assert_eq!(u64::from(row.status), case["given"]["status"], "{code}");
            assert_eq!(row.cause.as_str(), expect["cause"], "{code}");
            assert_eq!(row.cause.kind().as_str(), expect["kind"], "{code}");
            assert_eq!(row.cause.retryable(), expect["retryable"], "{code}");
            let effect = match row.cause.row().effect {
                Effect::ByEvidence => serde_json::Value::Null,
                Effect::None => "none".into(),
                Effect::Done => "done".into(),
            };
            assert_eq!(effect, expect["effect"], "{code}");
        }
    }

    #[test]
    fn codes_are_sorted_and_unique() {
        for pair in CODES.windows(2) {
            assert!(pair[0].code < pair[1].code, "{} stands before {}", pair[0].code, pair[1].code);
        }
    }

    #[test]
    fn an_unknown_code_is_not_found() {
        for code in ["", "a", "zzz", "ramp_limit", "ramp_limit_exceeded ", "RAMP_LIMIT_EXCEEDED", "\u{0}"] {
            assert_eq!(by_code(code), None, "{code:?}");
        }
    }

    #[test]
    fn money_is_never_sent_again() {
        for row in CODES {
            if row.code.contains("spend_limit_reached") || row.status == 402 {
                assert_eq!(row.cause.kind(), ErrorKind::Billing, "{}", row.code);
                assert!(!row.cause.retryable(), "{}", row.code);
            }
        }
    }
}
