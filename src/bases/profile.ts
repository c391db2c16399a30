import type { Profile } from '../model/base.ts';

/** What is assumed where nobody said: strangers can reach it, it is looked into now and then, it handles nothing special. */
export const defaultProfile: Profile = { exposure: 'public', debugging: 'occasional', data: 'ordinary' };
