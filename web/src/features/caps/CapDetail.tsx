import { Alert, Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { useCountryName } from "~/domain/countries";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { KeyValues } from "~/ui/KeyValues";
import { SideDrawer } from "~/ui/SideDrawer";
import { notifyDone } from "~/ui/Toast";
import { When } from "~/ui/When";
import { CapBar, CapForecast } from "./CapBar";
import { type CapState, type NamedCap, useCapsChanged } from "./model";
import { TestFigures } from "./TestFigures";
import { useCapWords } from "./useCapWords";

interface Props {
  cap: NamedCap | undefined;
  onClose: () => void;
  onEdit: () => void;
}

/** One cap: how it stands, what it says, and what can be done with it. */
export function CapDetail({ cap, onClose, onEdit }: Props) {
  const { what } = useCapWords();
  const mayEdit = useMay("caps:write");
  return (
    <SideDrawer opened={cap !== undefined} onClose={onClose} title={cap && what(cap)}>
      {cap && (
        <Stack gap="lg">
          {cap.decision === "open" && mayEdit && <Decide cap={cap} />}
          <Stack gap="xs">
            <CapBar cap={cap} isLarge />
            <Text size="sm" c="dimmed">
              <CapForecast cap={cap} />
            </Text>
          </Stack>
          <Terms cap={cap} />
          {mayEdit && cap.state !== "ended" && <Acts cap={cap} onEdit={onEdit} />}
        </Stack>
      )}
    </SideDrawer>
  );
}

function Terms({ cap }: { cap: NamedCap }) {
  const { t } = useTranslation("caps");
  const word = useWords();
  const country = useCountryName();
  const { place } = useCapWords();
  const countries = cap.filter.countries ?? [];
  const sources = cap.filter.sources ?? [];
  const grace =
    cap.grace === "hours" ? t("grace_hours", { count: cap.grace_hours }) : word("cap_grace", cap.grace);
  const items = [
    { label: t("field.state"), value: <StateChip of="cap" state={cap.state} /> },
    { label: t("field.scope"), value: word("cap_scope", cap.scope) },
    { label: t("field.place"), value: <span translate="no">{place(cap)}</span> },
    {
      label: t("field.on_reach"),
      value: word("cap_on_reach", cap.kind === "test" ? "redirect" : cap.on_reach),
    },
    { label: t("field.grace"), value: grace },
    { label: t("field.counted"), value: cap.counted.map((status) => word("cap_counted", status)).join(", ") },
    {
      label: t("field.thresholds"),
      value: (cap.thresholds ?? []).map((percent) => `${percent}%`).join(", ") || null,
    },
    { label: t("field.countries"), value: countries.map(country).join(", ") || null },
    { label: t("field.sources"), value: sources.join(", ") || null },
    { label: t("field.kpi"), value: cap.kpi ?? null },
    { label: t("field.decision"), value: cap.decision ? word("cap_decision", cap.decision) : null },
    { label: t("field.timezone"), value: cap.timezone },
    { label: t("field.made"), value: <When value={cap.created_at} as="date" /> },
  ];
  return <KeyValues items={items.filter(({ value }) => value !== null)} />;
}

function Acts({ cap, onEdit }: { cap: NamedCap; onEdit: () => void }) {
  const { t } = useTranslation("caps");
  const changed = useCapsChanged();
  const [ends, setEnds] = useState(false);
  const set = async (state: CapState, done: string) => {
    await client.PATCH("/v1/caps/{id}", { params: { path: { id: cap.id } }, body: { state } });
    await changed();
    notifyDone(done);
  };
  return (
    <Group gap="xs">
      <Button onClick={onEdit}>{t("edit")}</Button>
      {cap.state === "active" ? (
        <Button variant="default" onClick={() => void set("paused", t("was_paused"))}>
          {t("pause")}
        </Button>
      ) : (
        <Button variant="default" onClick={() => void set("active", t("was_resumed"))}>
          {t("resume")}
        </Button>
      )}
      <Button variant="default" color="red" onClick={() => setEnds(true)}>
        {t("end")}
      </Button>
      <ConfirmDialog
        opened={ends}
        onClose={() => setEnds(false)}
        title={t("end")}
        confirmLabel={t("end")}
        danger
        onConfirm={() => set("ended", t("was_ended"))}
      >
        {t("end_effect")}
      </ConfirmDialog>
    </Group>
  );
}

function Decide({ cap }: { cap: NamedCap }) {
  const { t } = useTranslation("caps");
  const changed = useCapsChanged();
  const [note, setNote] = useState("");
  const decide = async (decision: Schemas["CapDecision"]) => {
    await client.POST("/v1/caps/{id}/decide", {
      params: { path: { id: cap.id } },
      body: { decision, note: note.trim() || null },
    });
    await changed();
    notifyDone(t("was_decided"));
  };
  return (
    <Alert color="yellow" title={t("decide.title")}>
      <Stack gap="sm">
        <Text size="sm">{cap.kpi ? t("decide.by_kpi", { kpi: cap.kpi }) : t("decide.text")}</Text>
        <TestFigures cap={cap} />
        <Textarea
          label={t("decide.note")}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={200}
        />
        <Group gap="xs">
          <Button onClick={() => void decide("go_on")}>{t("decide.go_on")}</Button>
          <Button variant="default" onClick={() => void decide("stop")}>
            {t("decide.stop")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
