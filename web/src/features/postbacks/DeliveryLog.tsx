import { Badge, Button } from "@mantine/core";
import { IconRepeat } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { type Column, DataTable } from "~/ui/DataTable";
import { FilterChips, type FilterSpec } from "~/ui/FilterChips";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/Page";
import { EmptyState } from "~/ui/States";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import { When } from "~/ui/When";
import { DeliveryDrawer } from "./DeliveryDrawer";
import {
  DELIVERY_STATES,
  type Delivery,
  type DeliveryState,
  eventsOf,
  type LogFilter,
  type PostbackEvent,
  REPLAYED_STATES,
  useLog,
  usePostbacksChanged,
} from "./model";
import { useErrorWord } from "./useErrorWord";

interface Setting {
  id: string;
  name: string;
}

interface Props {
  /** Whose log it is. */
  of: LogFilter;
  /** Settings to filter by. */
  settings: readonly Setting[];
  /** The settings are webhooks. */
  ofWebhooks?: boolean;
}

function readState(raw: PageSearch) {
  return {
    setting: textOf(raw, "setting"),
    state: textOf(raw, "state"),
    event: textOf(raw, "event"),
    /** The one open beside. */
    delivery: textOf(raw, "delivery"),
  };
}

/** What was sent and what came back, filtered, opened and sent again. */
export function DeliveryLog({ of, settings, ofWebhooks = false }: Props) {
  const { t } = useTranslation("postbacks");
  const [search, change] = usePageState(readState);
  const filter: LogFilter = {
    ...of,
    [ofWebhooks ? "webhook_id" : "postback_id"]: search.setting,
    state: search.state as DeliveryState | undefined,
    event: search.event as PostbackEvent | undefined,
  };
  const log = useLog(filter);
  const columns = useColumns();
  return (
    <Section title={t("log.title")} hint={t("log.hint")}>
      <DataTable
        caption={t("log.title")}
        columns={columns}
        rows={log.rows}
        rowId={(delivery) => delivery.id}
        state={log.state}
        error={log.error}
        onRetry={log.retry}
        hasMore={log.hasMore}
        loadingMore={log.loadingMore}
        onEndReached={log.loadMore}
        onRowOpen={(delivery) => change({ delivery: delivery.id }, { push: true })}
        openRowId={search.delivery}
        filtered={[search.setting, search.state, search.event].some(Boolean)}
        onClearFilters={() => change({ setting: undefined, state: undefined, event: undefined })}
        toolbar={
          <Filters search={search} settings={settings} ofWebhooks={ofWebhooks} onChange={change}>
            <ReplayAll filter={filter} />
          </Filters>
        }
        empty={<EmptyState title={t("log.none")} text={t("log.none_text")} />}
        storageKey="deliveries"
      />
      {search.delivery && (
        <DeliveryDrawer id={search.delivery} onClose={() => change({ delivery: undefined })} />
      )}
    </Section>
  );
}

interface FiltersProps {
  search: ReturnType<typeof readState>;
  settings: readonly Setting[];
  ofWebhooks: boolean;
  onChange: (change: Partial<ReturnType<typeof readState>>) => void;
  children: React.ReactNode;
}

function Filters({ search, settings, ofWebhooks, onChange, children }: FiltersProps) {
  const offered = eventsOf(ofWebhooks ? "webhook" : "url");
  const { t } = useTranslation("postbacks");
  const word = useWords();
  const specs: FilterSpec[] = [
    {
      kind: "one",
      id: "setting",
      label: t("log.setting"),
      options: settings.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      kind: "one",
      id: "state",
      label: t("field.state"),
      options: DELIVERY_STATES.map((state) => ({ value: state, label: word("delivery_state", state) })),
    },
    {
      kind: "one",
      id: "event",
      label: t("log.event"),
      options: offered.map((event) => ({ value: event, label: word("postback_event", event) })),
    },
  ];
  const { setting, state, event } = search;
  return (
    <FilterChips
      filters={specs}
      values={{ setting, state, event }}
      onChange={(values) =>
        onChange({
          setting: values.setting as string | undefined,
          state: values.state as string | undefined,
          event: values.event as string | undefined,
        })
      }
    >
      {children}
    </FilterChips>
  );
}

/** Sends again everything of the filter, where its state says that it was not taken. */
function ReplayAll({ filter }: { filter: LogFilter }) {
  const { t } = useTranslation("postbacks");
  const changed = usePostbacksChanged();
  const mayEdit = useMay("postbacks:write");
  const replay = useMutation({
    mutationFn: async () => bodyOf(await client.POST("/v1/deliveries/replay", { body: filter })),
    onSuccess: async ({ replayed }) => {
      await changed();
      notifyDone(t("log.replayed", { count: replayed }));
    },
    onError: notifyFailed,
  });
  if (!mayEdit || !filter.state || !REPLAYED_STATES.includes(filter.state)) return null;
  return (
    <Button
      variant="default"
      size="compact-md"
      leftSection={<IconRepeat size={16} aria-hidden />}
      loading={replay.isPending}
      onClick={() => replay.mutate()}
    >
      {t("log.replay_state")}
    </Button>
  );
}

function useColumns(): Column<Delivery>[] {
  const { t } = useTranslation("postbacks");
  const word = useWords();
  const errorWord = useErrorWord();
  const { number } = useFormat();
  return useMemo(() => {
    const setting = ({ postback_id, webhook_id, names, host }: Delivery) =>
      names[postback_id ?? webhook_id ?? ""] ?? host;
    const event = (row: Delivery) => word("postback_event", row.event);
    const subject = ({ conversion_id, subject, names }: Delivery) => {
      const id = conversion_id ?? subject ?? "";
      return names[id] ?? id;
    };
    const answer = ({ last_error, last_status }: Delivery) =>
      last_error ? errorWord(last_error) : String(last_status ?? "");
    return [
      {
        id: "at",
        header: t("log.when"),
        cell: (row) => <When value={row.created_at} as="time" />,
        value: (row) => row.created_at,
        width: 200,
        onCard: 2,
      },
      {
        id: "setting",
        header: t("log.setting"),
        cell: (row) => <span translate="no">{setting(row)}</span>,
        value: setting,
        width: 140,
        onCard: 1,
      },
      { id: "event", header: t("log.event"), cell: event, value: event, width: 110 },
      {
        id: "conversion",
        header: t("log.conversion"),
        cell: (row) =>
          row.is_test ? (
            <Badge variant="light" color="violet">
              {t("log.test")}
            </Badge>
          ) : (
            <span translate="no">{subject(row)}</span>
          ),
        value: subject,
        width: 170,
      },
      {
        id: "state",
        header: t("field.state"),
        cell: (row) => <StateChip of="delivery" state={row.state} />,
        value: (row) => word("delivery_state", row.state),
        width: 130,
        onCard: 3,
      },
      {
        id: "attempts",
        header: t("log.attempts"),
        cell: (row) => number(row.attempts),
        value: (row) => row.attempts,
        align: "end",
        width: 80,
      },
      {
        id: "answer",
        header: t("log.answer"),
        cell: (row) => <span translate="no">{answer(row) || "-"}</span>,
        value: answer,
        width: 180,
      },
    ];
  }, [t, word, errorWord, number]);
}
