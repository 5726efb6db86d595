import type { Entity } from '@jupiterone/integration-sdk-core';
import { isoMillis, text, withRawData } from '@vendor-graph/integration';
import { createAccount } from '../data-model.js';
import type { AccountRecord } from '../records.js';

/** `aquasec_account:<id>` */
export function accountKey(id: number | string): string {
  return `aquasec_account:${id}`;
}

/**
 * The account as an entity.
 *
 * @param consoleUrl address of the console, when it is known.
 */
export function toAccountEntity(account: AccountRecord, consoleUrl?: string): Entity {
  const id = String(account.id);
  return withRawData(
    createAccount({
      _key: accountKey(account.id),
      id,
      name: id,
      displayName: id,
      vendor: 'Aqua Security',
      accessURL: consoleUrl,
      webLink: consoleUrl,
      manager: text(account.root_user),
      rootUser: text(account.root_user),
      createdOn: isoMillis(account.created),
      trialEnd: isoMillis(account.trial_end),
      renewalDate: isoMillis(account.renewal_date),
      stripeId: text(account.stripe_id),
      awsMarketplaceId: text(account.aws_marketplace_id),
      currentPlan: account.current_plan,
      additionalCredits: account.additional_credits,
      numAllowedKeys: account.num_allowed_keys,
      suppressionsAdminOnly: account.suppressions_admin_only,
      globalSuppressionsAdminOnly: account.global_suppressions_admin_only,
      usersAdminOnly: account.users_admin_only,
      integrationsAdminOnly: account.integrations_admin_only,
      source: text(account.source),
      enforceOauth: account.enforce_oauth,
      disableDefaultEmails: account.disable_default_emails,
      blockDefaultGroup: account.block_default_group,
      presuppressPlugins: account.presuppress_plugins,
      associateTags: account.associate_tags,
      cspEnabled: account.csp_enabled,
      scanScoring: text(account.scan_scoring),
      loginTimeout: account.login_timeout,
      restrictToIps: account.restrict_to_ips,
    }),
    account,
  );
}
