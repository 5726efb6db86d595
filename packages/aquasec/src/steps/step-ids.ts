/** Ids of the steps; users see them in job logs. */
export const FETCH_ACCOUNT = 'fetch-account';
export const FETCH_GROUPS = 'fetch-groups';
export const FETCH_USERS = 'fetch-users';
export const FETCH_API_KEYS = 'fetch-api-keys';
export const FETCH_CLOUD_ACCOUNTS = 'fetch-cloud-accounts';
