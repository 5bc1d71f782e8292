import { Checkbox, Select, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { FormDrawer } from "~/ui/FormDrawer";
import { notifyDone } from "~/ui/Toast";
import { BILLERS, type BilledBy, demandOfOne, REQUIREMENTS, type Standing } from "./model";

const AS_ALL = "as_all";

interface Props {
  partnerId: string;
  standing: Standing;
  onClose: () => void;
}

/** What one partner has to have on file beyond what all have. */
export function DemandsDrawer({ partnerId, standing, onClose }: Props) {
  const { t } = useTranslation("on_file");
  const { t: invoices } = useTranslation("own_invoices");
  const word = useWords();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[]>(standing.of_partner);
  const [biller, setBiller] = useState<string>(standing.billed_by_of_partner ?? AS_ALL);
  const ofAll = standing.items
    .map(({ requirement }) => requirement)
    .filter((each) => !standing.of_partner.includes(each));
  const save = useMutation({
    mutationFn: () =>
      demandOfOne(partnerId, {
        requires: REQUIREMENTS.filter((each) => chosen.includes(each)),
        billed_by: biller === AS_ALL ? null : (biller as BilledBy),
      }),
    onSuccess: async () => {
      await Promise.all(
        ["payout-requirements", "own-invoices", "owed", "balance"].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      );
      notifyDone(t("demands.saved"));
      onClose();
    },
  });
  return (
    <FormDrawer
      title={t("demands.of_partner")}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      error={save.error}
      isSaving={save.isPending}
    >
      <Checkbox.Group
        label={t("demands.label_one")}
        description={t("demands.help_one")}
        value={[...chosen, ...ofAll]}
        onChange={(all) => setChosen(all.filter((each) => !ofAll.some((other) => other === each)))}
      >
        <Stack gap="xs" mt="xs">
          {REQUIREMENTS.map((each) => (
            <Checkbox
              key={each}
              value={each}
              label={word("payout_requirement", each)}
              disabled={ofAll.includes(each)}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <Select
        label={invoices("who")}
        description={invoices("who_help")}
        data={[
          { value: AS_ALL, label: invoices("as_all") },
          ...BILLERS.map((each) => ({ value: each as string, label: word("billed_by", each) })),
        ]}
        value={biller}
        onChange={(choice) => setBiller(choice ?? AS_ALL)}
        allowDeselect={false}
      />
    </FormDrawer>
  );
}
