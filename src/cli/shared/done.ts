/** Takes the exit code of a command that ran: 0 all is fine, 1 something is wrong, 2 it could not be asked. */
export type Done = (code: number) => void;
