import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { type Difference, differences } from "./differences";
import { fieldWord } from "./fieldWord";
import { isFreeText, valueText } from "./values";

/** Characters at the end of an id by which things without a name are told apart. */
const TOLD_APART_BY = 4;

/** A row of the log with the names beside its ids. */
export type Entry = Schemas["AuditRowOut"] & { labels: Readonly<Record<string, string>> };

/** A difference, ready to read. */
export interface SaidDifference extends Pick<Difference, "field"> {
  name: string;
  before: string;
  after: string;
  /** Whether there was anything before. */
  wasThere: boolean;
  /** Whether people typed it, in whatever language. */
  isTyped: boolean;
}

export interface EntryWords {
  who: (entry: Entry) => string;
  action: (entry: Entry) => string;
  /** The name of what was changed, else its kind and the end of its id. */
  subject: (entry: Entry) => string;
  kind: (entry: Entry) => string;
  changes: (entry: Entry) => SaidDifference[];
}

/** Reads audit rows in the person's language. */
export function useEntryWords(): EntryWords {
  const { t } = useTranslation("audit");
  const word = useWords();
  const format = useFormat();
  const kind = (entry: Entry) => word("subject", entry.subject.split("_", 1)[0] ?? "");
  return {
    kind,
    who: ({ user_id, labels }) => (user_id ? (labels[user_id] ?? t("somebody_gone")) : t("server")),
    action: ({ action }) => word("action", action),
    subject: (entry) =>
      entry.labels[entry.subject] ?? `${kind(entry)} …${entry.subject.slice(-TOLD_APART_BY)}`,
    changes: ({ before, after, subject, labels }) => {
      const speech = { t, word, format, labels };
      return differences(before, after).map((difference) => ({
        field: difference.field,
        name: fieldWord(word, difference.field),
        before: valueText(speech, difference.field, difference.before, subject, before ?? after),
        after: valueText(speech, difference.field, difference.after, subject, after ?? before),
        wasThere: before != null,
        isTyped: [difference.before, difference.after].some((value) =>
          isFreeText(labels, difference.field, value, subject),
        ),
      }));
    },
  };
}
