import { Button, Group, NumberInput, Select, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { Card } from "~/features/offers/editor/Card";
import { bodyOf, type Offer } from "~/features/offers/model";
import { FormError } from "~/ui/FormError";
import { ErrorState } from "~/ui/Page";
import { fieldErrors } from "~/ui/problems";
import { SkeletonLines } from "~/ui/Skeletons";
import { notifyDone } from "~/ui/Toast";
import { BINDINGS, COUPON_RULES, type Crediting, EXISTING, useCrediting } from "./model";

/** Whose a conversion is that comes with a coupon or a customer one knows. */
export function OfferCrediting({ offer }: { offer: Offer }) {
  const { data, error, refetch } = useCrediting(offer.id);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonLines lines={4} />;
  return <Form key={JSON.stringify(data)} offer={offer} first={data} />;
}

function Form({ offer, first }: { offer: Offer; first: Crediting }) {
  const { t } = useTranslation("coupons");
  const word = useWords();
  const queries = useQueryClient();
  const mayEdit = useMay("offers:write");
  const [draft, setDraft] = useState(first);
  const put = (change: Partial<Crediting>) => setDraft({ ...draft, ...change });
  const save = useMutation({
    mutationFn: async () => {
      const params = { path: { id: offer.id } };
      return bodyOf(await client.PUT("/v1/offers/{id}/crediting", { params, body: draft }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["offers", "crediting", offer.id] });
      notifyDone(t("crediting.saved"));
    },
  });
  const complaints = save.error ? fieldErrors(save.error) : {};
  const isChanged = JSON.stringify(draft) !== JSON.stringify(first);
  return (
    <Card title={t("crediting.title")}>
      <Stack gap="md" maw={520}>
        <FormError error={save.error} />
        <Select
          label={t("crediting.coupon_rule")}
          description={t("crediting.coupon_rule_help")}
          data={COUPON_RULES.map((code) => ({ value: code, label: word("coupon_rule", code) }))}
          value={draft.coupon_rule}
          onChange={(code) => code && put({ coupon_rule: code as Crediting["coupon_rule"] })}
          allowDeselect={false}
          disabled={!mayEdit}
        />
        <Group grow align="flex-start">
          <Select
            label={t("crediting.binding")}
            description={t("crediting.binding_help")}
            data={BINDINGS.map((code) => ({ value: code, label: word("customer_binding", code) }))}
            value={draft.binding}
            onChange={(code) => code && put({ binding: code as Crediting["binding"] })}
            allowDeselect={false}
            disabled={!mayEdit}
          />
          {draft.binding === "days" && (
            <NumberInput
              label={t("crediting.binding_days")}
              description={t("crediting.binding_days_help")}
              value={draft.binding_days || ""}
              onChange={(days) => put({ binding_days: typeof days === "number" ? days : 0 })}
              min={1}
              max={3650}
              allowDecimal={false}
              error={complaints.binding_days}
              disabled={!mayEdit}
            />
          )}
        </Group>
        <Select
          label={t("crediting.existing")}
          description={t("crediting.existing_help")}
          data={EXISTING.map((code) => ({ value: code, label: word("existing_customers", code) }))}
          value={draft.existing_customers}
          onChange={(code) => code && put({ existing_customers: code as Crediting["existing_customers"] })}
          allowDeselect={false}
          disabled={!mayEdit}
        />
        {mayEdit && (
          <Group>
            <Button disabled={!isChanged} loading={save.isPending} onClick={() => save.mutate()}>
              {t("save")}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  );
}
