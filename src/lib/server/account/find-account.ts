/** The door for letters and links, which go by how an account is now. */
export { findAccount } from './store.ts';
