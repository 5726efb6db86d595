/** The service user of every simulated account; its access key is its user id. The secret is made up. */
export const ACCESS_KEY = '0d3f4c8a-5b7e-4c1d-9a2f-6e8b1c0d7f42';
export const SECRET_KEY = 'dGVzdC1vbmx5LXNlY3JldC1ub3QtcmVhbC0wMDAwMDE=';
