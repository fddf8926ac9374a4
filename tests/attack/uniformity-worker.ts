/** @file Measures the evenness of codes beside the attacks, on the other core. */
import { parentPort, workerData } from 'node:worker_threads';
import { measureEvenness } from './uniformity.ts';

// The one who starts it passes the number of codes.
const codes = workerData as number;
parentPort?.postMessage([6, 7, 8].map((length) => measureEvenness(length, codes)));
