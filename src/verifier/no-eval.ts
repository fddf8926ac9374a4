/** @file To be imported first: zod then builds no functions from text, which the page's policy forbids. */
import { config } from 'zod/mini';

config({ jitless: true });
