import { ActionIcon, Group, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { isOpen } from "~/features/offers/model";
import { useEnrollments } from "~/features/offers/queries";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { ModeField } from "./ModeField";
import { MEMBER_STATES, type SmartLink, type SmartMode, useChangeSmartLink } from "./queries";

interface Props {
  link: SmartLink;
  nameOf: (offerId: string) => string;
  onClose: () => void;
}

interface Row {
  offer_id: string;
  weight: number;
  priority: number;
  state: (typeof MEMBER_STATES)[number];
}

const WEIGHT = 100;

function rowsOf(link: SmartLink): Row[] {
  return link.members.map(({ offer_id, state, choice }) => ({
    offer_id,
    weight: choice?.weight ?? WEIGHT,
    priority: choice?.priority ?? 0,
    state: state === "paused" ? "paused" : "active",
  }));
}

/** Terms and offers of a smart link, saved together. */
export function SmartLinkEditor({ link, nameOf, onClose }: Props) {
  const { t } = useTranslation("smart");
  const word = useWords();
  const change = useChangeSmartLink(link.id);
  const [name, setName] = useState(link.name);
  const [mode, setMode] = useState<SmartMode>(link.choosing?.mode ?? "learned");
  const [percent, setPercent] = useState<number | string>(link.choosing?.floor_percent ?? 0);
  const [clicks, setClicks] = useState<number | string>(link.choosing?.floor_clicks ?? 0);
  const [state, setState] = useState(link.state);
  const [rows, setRows] = useState(rowsOf(link));
  const complaints = change.error ? fieldErrors(change.error) : {};
  const put = (offer: string, part: Partial<Row>) =>
    setRows((all) => all.map((row) => (row.offer_id === offer ? { ...row, ...part } : row)));
  const save = () =>
    change.mutate(
      { name, mode, floor_percent: Number(percent), floor_clicks: Number(clicks), state, members: rows },
      {
        onSuccess: () => {
          notifyDone(t("edit.saved"));
          onClose();
        },
      },
    );
  return (
    <FormDrawer
      title={t("edit.title")}
      onClose={onClose}
      onSubmit={save}
      error={change.error}
      isSaving={change.isPending}
      isReady={rows.length > 0 && name.trim() !== ""}
    >
      <TextInput
        label={t("name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={complaints.name}
        maxLength={200}
        required
      />
      <ModeField value={mode} onChange={setMode} />
      {mode === "learned" && (
        <>
          <NumberInput
            label={t("edit.floor_percent")}
            description={t("edit.floor_percent_help")}
            value={percent}
            onChange={setPercent}
            error={complaints.floor_percent}
            min={0}
            max={50}
            allowDecimal={false}
          />
          <NumberInput
            label={t("edit.floor_clicks")}
            value={clicks}
            onChange={setClicks}
            error={complaints.floor_clicks}
            min={0}
            max={1_000_000}
            allowDecimal={false}
          />
        </>
      )}
      <Select
        label={t("state")}
        data={(["active", "archived"] as const).map((one) => ({
          value: one,
          label: word("link_state", one),
        }))}
        value={state}
        onChange={(one) => one && setState(one as SmartLink["state"])}
        allowDeselect={false}
      />
      <Text fw={600} component="h3">
        {t("edit.members")}
      </Text>
      {rows.map((row) => (
        <MemberRow
          key={row.offer_id}
          row={row}
          name={nameOf(row.offer_id)}
          mode={mode}
          onChange={(part) => put(row.offer_id, part)}
          onRemove={() => setRows((all) => all.filter(({ offer_id }) => offer_id !== row.offer_id))}
        />
      ))}
      <AddOffer
        partnerId={link.partner_id}
        taken={rows.map(({ offer_id }) => offer_id)}
        onAdd={(offer_id) =>
          setRows((all) => [...all, { offer_id, weight: WEIGHT, priority: 0, state: "active" }])
        }
      />
      {complaints.members && (
        <Text size="sm" c="red" role="alert">
          {complaints.members}
        </Text>
      )}
    </FormDrawer>
  );
}

interface MemberRowProps {
  row: Row;
  name: string;
  mode: SmartMode;
  onChange: (part: Partial<Row>) => void;
  onRemove: () => void;
}

function MemberRow({ row, name, mode, onChange, onRemove }: MemberRowProps) {
  const { t } = useTranslation("smart");
  const word = useWords();
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" translate="no">
          {name}
        </Text>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("edit.take_out", { offer: name })}
          onClick={onRemove}
        >
          <IconX size={16} />
        </ActionIcon>
      </Group>
      <Group grow gap="xs">
        {mode !== "learned" && (
          <NumberInput
            size="xs"
            aria-label={t("edit.weight_of", { offer: name })}
            leftSectionWidth={72}
            leftSection={<Text size="xs">{t("edit.weight")}</Text>}
            value={row.weight}
            onChange={(weight) => onChange({ weight: Number(weight) || 1 })}
            min={1}
            max={1000}
            allowDecimal={false}
          />
        )}
        {mode === "priorities" && (
          <NumberInput
            size="xs"
            aria-label={t("edit.priority_of", { offer: name })}
            leftSectionWidth={84}
            leftSection={<Text size="xs">{t("edit.priority")}</Text>}
            value={row.priority}
            onChange={(priority) => onChange({ priority: Number(priority) || 0 })}
            min={0}
            max={1000}
            allowDecimal={false}
          />
        )}
        <Select
          size="xs"
          aria-label={t("edit.state_of", { offer: name })}
          data={MEMBER_STATES.map((one) => ({ value: one, label: word("smart_member_state", one) }))}
          value={row.state}
          onChange={(one) => one && onChange({ state: one as Row["state"] })}
          allowDeselect={false}
        />
      </Group>
    </Stack>
  );
}

interface AddOfferProps {
  partnerId: string;
  taken: readonly string[];
  onAdd: (offerId: string) => void;
}

/** Offers that the partner has joined and the smart link has not. */
function AddOffer({ partnerId, taken, onAdd }: AddOfferProps) {
  const { t } = useTranslation("smart");
  const enrollments = useEnrollments({ partner_id: partnerId });
  const free = enrollments.rows.filter(({ state, offer_id }) => isOpen(state) && !taken.includes(offer_id));
  if (free.length === 0) return null;
  return (
    <Select
      label={t("edit.add_offer")}
      data={free.map((row) => ({ value: row.offer_id, label: row.names[row.offer_id] ?? row.offer_id }))}
      value={null}
      onChange={(offer) => offer && onAdd(offer)}
      searchable
    />
  );
}
