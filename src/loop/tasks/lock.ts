import { Semaphore } from './semaphore.js';

/** Lets one task in at a time. */
export class Lock extends Semaphore {
  constructor() {
    super(1);
  }

  get isLocked(): boolean {
    return this.free === 0;
  }
}
