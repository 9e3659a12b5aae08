#!/usr/bin/env node
import { isMainThread } from 'node:worker_threads';
import { start } from './start';

// A thread of synth runs this file too, as the bundle is in it.
if (isMainThread) start(process.argv.slice(2));
else require('./synth/thread');
