/** What the help of most commands says about their exit codes. */
export const EXIT_CODES = `
Exit codes: 0 ok, 1 a problem, 2 the command could not find out.`;
