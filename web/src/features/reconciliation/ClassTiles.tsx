import { Card, SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import { CLASSES, type LineGroup, sumsOf } from "./model";
import classes from "./reconciliation.module.css";
import { useLineWords } from "./useLineWords";

/** How many lines each class has, and what they come to on both sides. */
export function ClassTiles({ groups }: { groups: readonly LineGroup[] }) {
  const { t } = useTranslation("reconciliation");
  const { number, money } = useFormat();
  const { ofClass } = useLineWords();
  const always = CLASSES.filter((code) => code !== "count_differs" && code !== "status_differs");
  const shown = CLASSES.filter(
    (code) => always.includes(code as never) || groups.some((one) => one.class === code),
  );
  const said = (own: readonly LineGroup[], side: "ours" | "theirs") =>
    sumsOf(own, side)
      .map((sum) => money(sum))
      .join(", ") || "-";
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: Math.min(shown.length, 5) }} spacing="sm">
      {shown.map((code) => {
        const own = groups.filter((group) => group.class === code);
        const lines = own.reduce((sum, group) => sum + group.lines, 0);
        return (
          <Card key={code} withBorder padding="md" role="group" aria-label={ofClass[code]}>
            <Stack gap={4}>
              <Text size="sm" c="dimmed">
                {ofClass[code]}
              </Text>
              <Text fz={22} fw={600} className="figures">
                {number(lines)}
              </Text>
              <dl className={classes.sides}>
                <dt>{t("side.ours")}</dt>
                <dd>{said(own, "ours")}</dd>
                <dt>{t("side.theirs")}</dt>
                <dd>{said(own, "theirs")}</dd>
              </dl>
            </Stack>
          </Card>
        );
      })}
    </SimpleGrid>
  );
}
