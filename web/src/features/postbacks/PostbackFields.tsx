import { Button, Group, Select, Text, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { type Draft, isPlatform, withKind } from "./draft";
import { EventChips } from "./EventChips";
import { KeyInputs } from "./KeyInputs";
import { MacroHelp } from "./MacroHelp";
import { KINDS, type PostbackEvent, type PostbackKind } from "./model";

const OFFERS_MAX = 1000;

interface Props {
  draft: Draft;
  onChange: (draft: Draft) => void;
  isNew: boolean;
  needsKeys: boolean;
  onNewKeys: () => void;
  complaints: Record<string, string>;
}

/** Where to, and what of. */
export function PostbackFields({ draft, onChange, isNew, needsKeys, onNewKeys, complaints }: Props) {
  const { t } = useTranslation("postbacks");
  const word = useWords();
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change });
  return (
    <>
      <TextInput
        label={t("field.name")}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={complaints.name}
        maxLength={200}
        required
      />
      {isNew && (
        <Select
          label={t("field.kind")}
          data={KINDS.map((kind) => ({ value: kind, label: word("postback_kind", kind) }))}
          value={draft.kind}
          onChange={(kind) => kind && set(withKind(draft, kind as PostbackKind))}
          allowDeselect={false}
        />
      )}
      {!isPlatform(draft.kind) && (
        <AddressFields draft={draft} set={set} complaint={complaints["target.url"]} />
      )}
      {isPlatform(draft.kind) && needsKeys && (
        <KeyInputs platform={draft.kind} draft={draft} set={set} complaints={complaints} />
      )}
      {isPlatform(draft.kind) && !needsKeys && (
        <Group gap="sm">
          <Text size="sm" c="dimmed" flex={1}>
            {t("field.keys_stay")}
          </Text>
          <Button variant="default" onClick={onNewKeys}>
            {t("field.new_keys")}
          </Button>
        </Group>
      )}
      <EventFields draft={draft} set={set} complaint={complaints.events} />
      <OfferFields draft={draft} set={set} />
    </>
  );
}

interface PartProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  complaint?: string;
}

function AddressFields({ draft, set, complaint }: PartProps) {
  const { t } = useTranslation("postbacks");
  const methods = [
    { value: "get", label: "GET" },
    { value: "post", label: t("field.method_post") },
  ];
  return (
    <>
      <Textarea
        label={t("field.url")}
        description={t("field.url_help")}
        value={draft.url}
        onChange={(event) => set({ url: event.currentTarget.value })}
        error={complaint}
        autosize
        spellCheck={false}
        translate="no"
        required
      />
      <MacroHelp onPick={(macro) => set({ url: `${draft.url}${macro}` })} />
      <Select
        label={t("field.method")}
        data={methods}
        value={draft.method}
        onChange={(method) => set({ method: method === "post" ? "post" : "get" })}
        allowDeselect={false}
      />
    </>
  );
}

function EventFields({ draft, set, complaint }: PartProps) {
  const { t } = useTranslation("postbacks");
  const word = useWords();
  return (
    <>
      <EventChips
        kind={draft.kind}
        events={draft.events}
        onChange={(events) => set({ events })}
        complaint={complaint}
      />
      {isPlatform(draft.kind) &&
        draft.events.map((event: PostbackEvent) => (
          <TextInput
            key={event}
            label={t("field.event_name", { event: word("postback_event", event) })}
            description={t("field.event_name_help")}
            placeholder="Purchase"
            value={draft.names[event] ?? ""}
            onChange={({ currentTarget }) => set({ names: { ...draft.names, [event]: currentTarget.value } })}
            maxLength={50}
            spellCheck={false}
          />
        ))}
    </>
  );
}

function OfferFields({ draft, set }: PartProps) {
  const { t } = useTranslation("postbacks");
  const { data } = useQuery({
    queryKey: ["offers", "postback-options"],
    queryFn: async ({ signal }) => {
      const query = { limit: OFFERS_MAX };
      return (await client.GET("/v1/offers", { params: { query }, signal })).data?.items ?? [];
    },
  });
  const offers = data ?? [];
  const goals = offers.find(({ id }) => id === draft.offer)?.goals ?? [];
  return (
    <>
      <Select
        label={t("field.offer")}
        placeholder={t("field.offer_all")}
        data={offers.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.offer}
        onChange={(offer) => set({ offer, goal: null })}
        searchable
        clearable
        limit={100}
      />
      {goals.length > 1 && (
        <Select
          label={t("field.goal")}
          placeholder={t("field.goal_all")}
          data={goals.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.goal}
          onChange={(goal) => set({ goal })}
          clearable
        />
      )}
    </>
  );
}
