/** Ids of the steps; users see them in job logs. */
export const FETCH_ACCOUNT = 'fetch-account';
export const FETCH_ORGANIZATION = 'fetch-organization';
export const FETCH_USERS = 'fetch-users';
export const BUILD_USER_ORGANIZATION_RELATIONSHIPS = 'build-user-organization-relationships';
export const FETCH_SITES = 'fetch-sites';
export const BUILD_ORGANIZATION_SITE_RELATIONSHIPS = 'build-organization-site-relationships';
export const BUILD_SITE_ACCOUNT_RELATIONSHIPS = 'build-site-account-relationships';
export const FETCH_ASSETS = 'fetch-assets';
export const BUILD_SITE_ASSET_RELATIONSHIPS = 'build-site-asset-relationships';
export const FETCH_SERVICES = 'fetch-services';
export const FETCH_SOFTWARE = 'fetch-software';
export const FETCH_VULNERABILITIES = 'fetch-vulnerabilities';
export const FETCH_WIRELESS_NETWORKS = 'fetch-wireless-networks';
