import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TargetingEditor } from "~/domain/targeting/TargetingEditor";
import { TargetingSummary } from "~/domain/targeting/TargetingSummary";
import { FormError } from "~/ui/FormError";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { useChangeLink } from "../portal/queries";
import type { TrackingLink } from "../queries";

interface Props {
  link: TrackingLink;
  mayChange: boolean;
}

/** Who may come through this link beside the offer's conditions. */
export function LinkTargeting({ link, mayChange }: Props) {
  const { t } = useTranslation("targeting");
  const { t: ui } = useTranslation("offers");
  const change = useChangeLink(link.id);
  const [draft, setDraft] = useState<TrackingLink["targeting"] | null>(null);
  const save = () =>
    change.mutate(
      { targeting: draft ?? [] },
      {
        onSuccess: () => {
          notifyDone(t("link.saved"));
          setDraft(null);
        },
      },
    );
  const forget = () => {
    setDraft(null);
    change.reset();
  };
  return (
    <Stack gap="sm">
      <div>
        <Title order={3}>{t("link.title")}</Title>
        <Text c="dimmed" size="sm">
          {t("link.hint")}
        </Text>
      </div>
      {draft === null && <TargetingSummary conditions={link.targeting} />}
      {draft === null && mayChange && (
        <Button variant="default" w="fit-content" onClick={() => setDraft(link.targeting)}>
          {t("link.change")}
        </Button>
      )}
      {draft !== null && (
        <>
          <FormError error={change.error} />
          <TargetingEditor
            value={draft}
            onChange={setDraft}
            errors={change.error ? fieldErrors(change.error) : {}}
          />
          <Group gap="xs">
            <Button variant="default" onClick={forget}>
              {ui("editor.cancel")}
            </Button>
            <Button loading={change.isPending} onClick={save}>
              {ui("editor.save")}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}
