import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { FormError } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";
import { type Domain, useDomainsChanged } from "./domains";

/** Puts a spare in the place of a domain, once the person has seen what that changes. */
export function SwapDomain({ domain }: { domain: Domain }) {
  const { t } = useTranslation("domains");
  const changed = useDomainsChanged();
  const [plan, setPlan] = useState<Schemas["Swapped"] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const send = async (dry_run: boolean) => {
    const params = { path: { id: domain.id } };
    const { data } = await client.POST("/v1/domains/{id}/swap", { params, body: { dry_run } });
    return data ?? null;
  };
  const ask = async () => {
    try {
      setPlan(await send(true));
      setError(null);
    } catch (thrown) {
      setError(thrown);
    }
  };
  const swap = async () => {
    await send(false);
    await changed();
    notifyDone(t("swap.done", { from: plan?.from, to: plan?.to }));
  };
  return (
    <Stack gap="xs" align="flex-start">
      <FormError error={error} />
      <Button variant="default" onClick={() => void ask()}>
        {t("swap.act")}
      </Button>
      <ConfirmDialog
        opened={plan !== null}
        onClose={() => setPlan(null)}
        title={t("swap.act")}
        confirmLabel={t("swap.confirm")}
        danger
        onConfirm={swap}
      >
        {plan && (
          <Stack gap="xs">
            <Text>{t("swap.effect", { from: plan.from, to: plan.to })}</Text>
            <Text>{t("swap.links", { count: plan.links })}</Text>
            <Text>{t("swap.old")}</Text>
          </Stack>
        )}
      </ConfirmDialog>
    </Stack>
  );
}
