import { Button, Group, NumberInput, SegmentedControl, Stack, Text, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { FormError } from "~/ui/FormError";
import { type Format, useFormat } from "~/ui/format";
import { Section } from "~/ui/Page";
import {
  BEARERS,
  type Bearer,
  bornBy,
  type DecideScrubs,
  type ScrubRequest,
  useScrubsChanged,
} from "./model";
import { useScrubWords } from "./useScrubWords";

const NOTE_CHARS_MAX = 200;
const HALF = 50;

interface Props {
  request: ScrubRequest;
  /** Those that are meant, all of them undecided. */
  chosen: ScrubRequest["scrubs"];
  isAll: boolean;
  onDecided: () => void;
}

/** Accepts or refuses some or all of a request, and says who bears what is accepted. */
export function DecideForm({ request, chosen, isAll, onDecided }: Props) {
  const { t } = useTranslation("scrubs");
  const words = useScrubWords();
  const format = useFormat();
  const changed = useScrubsChanged();
  const [bearer, setBearer] = useState<Bearer>("partner");
  const [percent, setPercent] = useState<number>(HALF);
  const [note, setNote] = useState("");
  const decide = useMutation({
    mutationFn: async (accept: boolean) => {
      const body: DecideScrubs = {
        accept,
        scrub_ids: isAll ? null : chosen.map(({ id }) => id),
        bearer: accept ? bearer : null,
        partner_percent: accept && bearer === "split" ? percent : null,
        note: note.trim() || null,
      };
      const params = { path: { id: request.id } };
      return bodyOf(await client.POST("/v1/scrub-requests/{id}/decisions", { params, body }));
    },
    onSuccess: async () => {
      // What came of it stands on each line above.
      await changed();
      setNote("");
      onDecided();
    },
  });
  const count = chosen.length;
  const shown = format.number(count);
  return (
    <Section title={t("decide.title")}>
      <Stack gap="md">
        <FormError error={decide.error} />
        <Stack gap={4}>
          <Text fw={500} size="sm">
            {t("decide.bearer")}
          </Text>
          <SegmentedControl
            aria-label={t("decide.bearer")}
            data={BEARERS.map((code) => ({ value: code, label: words.bearer[code] }))}
            value={bearer}
            onChange={(chosenOne) => setBearer(chosenOne as Bearer)}
          />
        </Stack>
        {bearer === "split" && (
          <NumberInput
            label={t("decide.percent")}
            value={percent}
            onChange={(value) => setPercent(typeof value === "number" ? value : 0)}
            allowDecimal={false}
            min={1}
            max={99}
            suffix=" %"
          />
        )}
        <Text role="status" aria-label={t("decide.example")}>
          {consequence(chosen, bearer, percent, t, format)}
        </Text>
        <Textarea
          label={t("decide.note")}
          description={t("decide.note_help")}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={NOTE_CHARS_MAX}
          autosize
          minRows={2}
        />
        <Group justify="flex-end" gap="xs">
          <Button
            variant="default"
            disabled={count === 0}
            loading={decide.isPending && decide.variables === false}
            onClick={() => decide.mutate(false)}
          >
            {t("decide.refuse", { count, shown })}
          </Button>
          <Button
            color="red"
            disabled={count === 0}
            loading={decide.isPending && decide.variables === true}
            onClick={() => decide.mutate(true)}
          >
            {t("decide.accept", { count, shown })}
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}

/** What accepting does to whom, and how much. */
function consequence(
  chosen: Props["chosen"],
  bearer: Bearer,
  percent: number,
  t: TFunction<"scrubs">,
  { money }: Format,
): string {
  const currencies = [...new Set(chosen.flatMap(({ payout }) => payout?.currency ?? []))];
  const sums = currencies.map((currency) => {
    const own = chosen.filter(({ payout }) => payout?.currency === currency);
    const parts = own.map(({ payout }) => bornBy(payout?.minor ?? 0, bearer, percent));
    const sum = (minors: number[]) =>
      money({ minor: minors.reduce((one, other) => one + other, 0), currency });
    return t("decide.what", {
      owed: sum(own.map(({ revenue }) => revenue?.minor ?? 0)),
      partner: sum(parts.map((part) => part.partner)),
      network: sum(parts.map((part) => part.network)),
    });
  });
  return sums.join(" ");
}
