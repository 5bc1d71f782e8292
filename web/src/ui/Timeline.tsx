import type { CSSProperties, ReactNode } from "react";
import type { Tone } from "./palette";
import classes from "./small.module.css";
import { When } from "./When";

export interface TimelineEvent {
  id: string;
  at: string;
  title: ReactNode;
  /** The reason, the amounts, what was said. */
  text?: ReactNode;
  /** Who did it. */
  actor?: ReactNode;
  tone?: Tone;
}

/** What happened, in the order given, and why. */
export function Timeline({ events, label }: { events: readonly TimelineEvent[]; label: string }) {
  return (
    <ol className={classes.timeline} aria-label={label}>
      {events.map((event) => (
        <li key={event.id} className={classes.event}>
          <span
            className={classes.dot}
            style={event.tone ? ({ "--dot": `var(--ui-${event.tone}-fg)` } as CSSProperties) : undefined}
          />
          <div className={classes.eventHead}>
            <span className={classes.eventTitle}>{event.title}</span>
            <span className={classes.faint}>
              <When value={event.at} />
            </span>
          </div>
          {event.text ? <div>{event.text}</div> : null}
          {event.actor ? <div className={classes.faint}>{event.actor}</div> : null}
        </li>
      ))}
    </ol>
  );
}
