/** How `struct epoll_event` lies in memory, in words of 32 bits: first the events, then 64 bits for our own use. */
export interface EpollLayout {
  /** Words from one event to the next. */
  readonly words: number;
  /** Where the first word for our own use is. */
  readonly data: number;
}

/** The layout for a processor: without padding on x64, where it is 12 bytes, and 16 bytes elsewhere (linux/eventpoll.h). */
export function epollLayout(architecture: string): EpollLayout {
  return architecture === 'x64' ? { words: 3, data: 1 } : { words: 4, data: 2 };
}
