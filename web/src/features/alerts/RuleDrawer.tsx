import { Button, Group, MultiSelect, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useStaff } from "~/features/offers/queries";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { type AlertRule, saveRule, useAlertsChanged } from "./model";
import { RuleTrial } from "./RuleTrial";
import { formOf, isWhole, type RuleForm, wantedOf } from "./ruleForm";
import { useAlertText } from "./useAlertText";
import { WatchFields } from "./WatchFields";

interface Props {
  /** Absent where one is written. */
  rule: AlertRule | undefined;
  onClose: () => void;
}

/** Writes or changes a rule, and says what it would find now. */
export function RuleDrawer({ rule, onClose }: Props) {
  const { t } = useTranslation("alerts");
  const { ruleName } = useAlertText();
  const staff = useStaff();
  const changed = useAlertsChanged();
  const [form, setForm] = useState(() => formOf(rule));
  const [isRemoving, setIsRemoving] = useState(false);
  const set = (patch: Partial<RuleForm>) => setForm({ ...form, ...patch });
  const save = useMutation({
    mutationFn: () => saveRule(rule?.id, wantedOf(form, rule)),
    onSuccess: async () => {
      await changed();
      notifyDone(t("rules.saved"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  const looks = !rule || rule.watch != null;
  return (
    <FormDrawer
      title={rule ? ruleName(rule) : t("rules.new")}
      size="lg"
      onClose={() => !isRemoving && onClose()}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
      isReady={!looks || isWhole(form)}
    >
      {!rule?.built_in && (
        <TextInput
          label={t("rules.name")}
          value={form.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={errors.name}
          required
        />
      )}
      {looks ? (
        <WatchFields form={form} onChange={set} errors={errors} />
      ) : (
        <Text>{t("rules.state_help")}</Text>
      )}
      {looks && <RuleTrial form={form} />}
      <Switch
        label={t("rules.mails")}
        description={t("rules.mails_help")}
        checked={form.mails}
        onChange={(event) => set({ mails: event.currentTarget.checked })}
      />
      {form.mails && (
        <MultiSelect
          label={t("rules.people")}
          description={t("rules.people_help")}
          data={staff}
          value={form.people}
          onChange={(people) => set({ people })}
          error={errors.people}
          searchable
          clearable
        />
      )}
      <Switch
        label={t("rules.is_on")}
        checked={form.is_on}
        onChange={(event) => set({ is_on: event.currentTarget.checked })}
      />
      {rule && !rule.built_in && (
        <Group>
          <Button variant="default" onClick={() => setIsRemoving(true)}>
            {t("rules.remove")}
          </Button>
        </Group>
      )}
      {rule && isRemoving && <Remove id={rule.id} onClose={() => setIsRemoving(false)} onRemoved={onClose} />}
    </FormDrawer>
  );
}

function Remove({ id, onClose, onRemoved }: { id: string; onClose: () => void; onRemoved: () => void }) {
  const { t } = useTranslation("alerts");
  const changed = useAlertsChanged();
  const remove = async () => {
    await client.DELETE("/v1/alert-rules/{id}", { params: { path: { id } } });
    await changed();
    notifyDone(t("rules.removed"));
    onRemoved();
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("rules.remove")}
      confirmLabel={t("rules.remove")}
      onConfirm={remove}
    >
      <Stack>{t("rules.remove_what")}</Stack>
    </ConfirmDialog>
  );
}
