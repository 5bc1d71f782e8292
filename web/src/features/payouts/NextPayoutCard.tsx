import { Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useShareText } from "~/domain/shares";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { OwnEarly } from "./early/OwnEarly";
import type { NextPayout } from "./model";
import { Upcoming } from "./Upcoming";
import { useNextPayoutText } from "./useNextPayoutText";
import { useTakenText } from "./useTakenText";

/** What the next batch would send, and when what is approved follows. */
export function NextPayoutCard({ next, isLoading }: { next: NextPayout | undefined; isLoading: boolean }) {
  const { t } = useTranslation("payouts");
  const { money } = useFormat();
  const text = useNextPayoutText();
  if (isLoading) return <SkeletonBlock height={160} />;
  if (!next)
    return (
      <Section title={t("next.title")}>
        <Text>{t("next.nothing")}</Text>
      </Section>
    );
  const towards = next.minimum.minor > 1 && !next.reaches_minimum;
  const have = Math.max(0, next.payable.minor - next.debt.minor);
  return (
    <Section title={t("next.title")}>
      <Stack gap="sm">
        <Text>{text(next)}</Text>
        <Parts next={next} />
        <Taken next={next} />
        <OwnEarly next={next} />
        {towards && (
          <div>
            <Progress value={(have / next.minimum.minor) * 100} maw={480} aria-label={t("next.progress")} />
            <Text size="sm" c="dimmed" mt={4}>
              {t("next.progress_of", {
                have: money({ minor: have, currency: next.currency }),
                minimum: money(next.minimum),
              })}
            </Text>
          </div>
        )}
        <Upcoming next={next} />
      </Stack>
    </Section>
  );
}

/** What of it goes to each account. */
function Parts({ next }: { next: NextPayout }) {
  const { t } = useTranslation("payouts");
  const word = useWords();
  const share = useShareText();
  const { money } = useFormat();
  if (next.next_payout.minor === 0 || next.parts.length === 0) return null;
  const parts = next.parts.map(({ method, share_bp, amount }) =>
    t("next.part", {
      amount: money(amount),
      method: word("payout_method", method),
      share: share(share_bp),
    }),
  );
  return <Text size="sm">{parts.join("; ")}</Text>;
}

/** What was taken off the amount before it is sent. */
function Taken({ next }: { next: NextPayout }) {
  const { t } = useTranslation("payouts");
  const parts = useTakenText()(next);
  if (parts === "" || next.next_payout.minor === 0) return null;
  return (
    <Text size="sm" c="dimmed">
      {t("taken.next", { parts })}
    </Text>
  );
}
