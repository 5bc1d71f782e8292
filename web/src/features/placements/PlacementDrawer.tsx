import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { todayIn } from "~/ui/dates";
import { useFormat } from "~/ui/format";
import { HrefLink } from "~/ui/HrefLink";
import { KeyValues } from "~/ui/KeyValues";
import { Money } from "~/ui/Money";
import { SideDrawer } from "~/ui/SideDrawer";
import { notifyDone } from "~/ui/Toast";
import { When } from "~/ui/When";
import { type Placement, usePlacementsChanged } from "./model";
import { PlacementForm } from "./PlacementForm";
import { ProofDrawer } from "./ProofDrawer";

interface Props {
  placement: Placement;
  onClose: () => void;
}

type Act = "accept" | "send_back" | "miss" | "cancel";

/** One placement: what was agreed, what was shown, what became of it, and what may be done. */
export function PlacementDrawer({ placement, onClose }: Props) {
  const [form, setForm] = useState<"edit" | "prove">();
  const [act, setAct] = useState<Act>();
  const back = () => setForm(undefined);
  if (form === "edit") return <PlacementForm placement={placement} onClose={back} />;
  if (form === "prove") return <ProofDrawer placement={placement} onClose={back} />;
  return (
    <SideDrawer
      opened
      onClose={onClose}
      size="lg"
      title={<span translate="no">{placement.title}</span>}
      footer={<Acts placement={placement} onForm={setForm} onAct={setAct} />}
    >
      <Facts placement={placement} />
      {act && <Confirm placement={placement} act={act} onClose={() => setAct(undefined)} />}
    </SideDrawer>
  );
}

function Facts({ placement }: { placement: Placement }) {
  const { t } = useTranslation("placements");
  const word = useWords();
  const { names } = placement;
  const name = (id: string | null | undefined) => id && <span translate="no">{names[id] ?? id}</span>;
  const readsBook = useMay("journal:read");
  const entry = (id: string | null | undefined) =>
    id && readsBook ? (
      <Anchor component={HrefLink} href={`/journal?entry=${id}`}>
        {t("entry")}
      </Anchor>
    ) : undefined;
  const facts = [
    { label: t("field.state"), value: <StateChip of="placement" state={placement.state} /> },
    { label: t("field.day"), value: <When value={placement.day} as="date" /> },
    { label: t("field.kind"), value: word("placement_kind", placement.kind) },
    { label: t("field.partner"), value: name(placement.partner_id) },
    { label: t("field.offer"), value: name(placement.offer_id) },
    { label: t("field.fee"), value: placement.fee && <Money value={placement.fee} /> },
    { label: t("field.sample"), value: placement.sample && <span translate="no">{placement.sample}</span> },
    { label: t("field.terms"), value: placement.terms && <Words text={placement.terms} /> },
    { label: t("field.proof_url"), value: placement.proof_url && <Proof url={placement.proof_url} /> },
    { label: t("field.proof_note"), value: placement.proof_note && <Words text={placement.proof_note} /> },
  ];
  if (placement.sample_cost)
    facts.push({ label: t("field.sample_cost"), value: <Money value={placement.sample_cost} /> });
  if (placement.proven_at)
    facts.push({ label: t("field.proven_at"), value: <When value={placement.proven_at} as="time" /> });
  if (placement.accepted_at)
    facts.push({ label: t("field.accepted_at"), value: <When value={placement.accepted_at} as="time" /> });
  if (placement.accepted_by)
    facts.push({ label: t("field.accepted_by"), value: name(placement.accepted_by) });
  if (placement.seconded_by)
    facts.push({ label: t("field.seconded_by"), value: name(placement.seconded_by) });
  if (placement.decision_note)
    facts.push({ label: t("field.decision_note"), value: <Words text={placement.decision_note} /> });
  if (entry(placement.entry_id)) facts.push({ label: t("field.booked"), value: entry(placement.entry_id) });
  if (entry(placement.returned_entry_id))
    facts.push({ label: t("field.returned"), value: entry(placement.returned_entry_id) });
  return (
    <Stack gap="md">
      {placement.state === "waiting" && <Text size="sm">{t("waits")}</Text>}
      <KeyValues items={facts} />
    </Stack>
  );
}

function Words({ text }: { text: string }) {
  return (
    <Text span size="sm" translate="no" style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>
      {text}
    </Text>
  );
}

function Proof({ url }: { url: string }) {
  return (
    <Anchor
      href={url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      translate="no"
      style={{ overflowWrap: "anywhere" }}
    >
      {url}
    </Anchor>
  );
}

interface ActsProps {
  placement: Placement;
  onForm: (form: "edit" | "prove") => void;
  onAct: (act: Act) => void;
}

function Acts({ placement, onForm, onAct }: ActsProps) {
  const { t } = useTranslation("placements");
  const { timezone } = useFormat();
  const { state, day } = placement;
  const mayEdit = useMay("placements:write");
  const mayProve =
    useMay("placements:prove") && (state === "agreed" || state === "proven" || state === "missed");
  const mayAccept = useMay("placements:accept");
  const isShown = state === "proven" || state === "waiting";
  const isOver = day < todayIn(timezone);
  return (
    <Group justify="flex-end" gap="xs">
      {mayAccept && state !== "cancelled" && (
        <Button variant="default" onClick={() => onAct("cancel")}>
          {t("cancel")}
        </Button>
      )}
      {mayEdit && state === "agreed" && isOver && (
        <Button variant="default" onClick={() => onAct("miss")}>
          {t("miss")}
        </Button>
      )}
      {mayEdit && state === "agreed" && (
        <Button variant="default" onClick={() => onForm("edit")}>
          {t("change")}
        </Button>
      )}
      {mayAccept && isShown && (
        <Button variant="default" onClick={() => onAct("send_back")}>
          {t("send_back")}
        </Button>
      )}
      {mayProve && (
        <Button variant={state === "proven" ? "default" : "filled"} onClick={() => onForm("prove")}>
          {t("prove")}
        </Button>
      )}
      {mayAccept && isShown && <Button onClick={() => onAct("accept")}>{t("accept")}</Button>}
    </Group>
  );
}

function Confirm({ placement, act, onClose }: { placement: Placement; act: Act; onClose: () => void }) {
  const { t } = useTranslation("placements");
  const { money } = useFormat();
  const changed = usePlacementsChanged();
  const names = { partner: placement.names[placement.partner_id] ?? "", title: placement.title };
  const fee = money(placement.fee);
  const isPaid = placement.entry_id != null;
  const words = {
    accept: placement.fee ? t("accept_what", { ...names, fee }) : t("accept_sample", names),
    send_back: t("send_back_what", names),
    miss: t("miss_what", names),
    cancel: isPaid ? t("cancel_paid", { ...names, fee }) : t("cancel_what", names),
  };
  const verbs = { accept: t("accept"), send_back: t("send_back"), miss: t("miss"), cancel: t("cancel") };
  const decide = async (note: string) => {
    const params = { path: { id: placement.id } };
    const body = { note };
    if (act === "accept") {
      const row = bodyOf(await client.POST("/v1/placements/{id}/accept", { params }));
      notifyDone(row.state === "waiting" ? t("waits") : t("was_accepted"));
    } else if (act === "send_back") await client.POST("/v1/placements/{id}/send-back", { params, body });
    else if (act === "miss")
      await client.POST("/v1/placements/{id}/miss", { params, body: { note: note || null } });
    else await client.POST("/v1/placements/{id}/cancel", { params, body });
    await changed();
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={verbs[act]}
      confirmLabel={verbs[act]}
      danger={act === "cancel"}
      noteLabel={act === "accept" ? undefined : t("note")}
      noteRequired={act === "send_back" || act === "cancel"}
      onConfirm={({ note }) => decide(note)}
    >
      {words[act]}
    </ConfirmDialog>
  );
}
