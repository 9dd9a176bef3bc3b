/** The door for other capabilities: none of them reads the table itself. */
export { findUser } from './store.ts';
