import { Button, Group, Select, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { PercentInput } from "~/ui/FigureInputs";
import { FormDrawer } from "~/ui/FormDrawer";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/Page";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { FEE_BEARERS, HUNDREDTHS, type PayeeTerms, payeeTermsQuery, savePayeeTerms } from "./api";

const AS_WORKSPACE = "as_workspace";

/** What is taken from one partner's payouts. */
export function PayeeTermsSection({ partnerId }: { partnerId: string }) {
  const { t } = useTranslation("payers");
  const word = useWords();
  const { number } = useFormat();
  const mayChange = useMay("payouts:write");
  const [isEditing, setIsEditing] = useState(false);
  const { data } = useQuery(payeeTermsQuery(partnerId));
  if (!data) return null;
  return (
    <Section title={t("payee.title")}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Text size="sm">
            {data.fee_bearer ? word("fee_bearer_meaning", data.fee_bearer) : t("payee.as_workspace")}
          </Text>
          <Text size="sm">
            {data.withheld_bp > 0
              ? t("payee.withheld", { share: number(data.withheld_bp / HUNDREDTHS) })
              : t("payee.not_withheld")}
          </Text>
        </div>
        {mayChange && (
          <Button variant="default" onClick={() => setIsEditing(true)}>
            {t("change")}
          </Button>
        )}
      </Group>
      {isEditing && (
        <PayeeTermsDrawer partnerId={partnerId} known={data} onClose={() => setIsEditing(false)} />
      )}
    </Section>
  );
}

interface Props {
  partnerId: string;
  known: PayeeTerms;
  onClose: () => void;
}

function PayeeTermsDrawer({ partnerId, known, onClose }: Props) {
  const { t } = useTranslation("payers");
  const word = useWords();
  const queries = useQueryClient();
  const [terms, setTerms] = useState(known);
  const save = useMutation({
    mutationFn: () => savePayeeTerms(partnerId, terms),
    onSuccess: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: payeeTermsQuery(partnerId).queryKey }),
        queries.invalidateQueries({ queryKey: ["balance", partnerId] }),
      ]);
      notifyDone(t("saved"));
      onClose();
    },
  });
  const errors = fieldErrors(save.error);
  const bearers = FEE_BEARERS.map((code) => ({ value: code as string, label: word("fee_bearer", code) }));
  return (
    <FormDrawer
      title={t("payee.title")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
    >
      <Select
        label={t("terms.bearer")}
        data={[{ value: AS_WORKSPACE, label: t("payee.bearer_as_workspace") }, ...bearers]}
        value={terms.fee_bearer ?? AS_WORKSPACE}
        onChange={(code) =>
          setTerms({
            ...terms,
            fee_bearer: code === AS_WORKSPACE ? null : (code as PayeeTerms["fee_bearer"]),
          })
        }
        allowDeselect={false}
      />
      <PercentInput
        label={t("payee.tax")}
        description={t("payee.tax_help")}
        value={terms.withheld_bp / HUNDREDTHS}
        onChange={(percent) => setTerms({ ...terms, withheld_bp: Math.round((percent ?? 0) * HUNDREDTHS) })}
        error={errors.withheld_bp}
      />
    </FormDrawer>
  );
}
