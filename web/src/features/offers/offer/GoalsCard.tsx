import { ActionIcon, Badge, Button, Table, Tooltip } from "@mantine/core";
import { IconPencil, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { exampleOf, isPlain } from "~/features/plans/effect";
import { usePayoutWords } from "~/features/plans/payoutWords";
import { useFormat } from "~/ui/format";
import { Card } from "../editor/Card";
import type { Goal, Offer } from "../model";
import { GoalDrawer } from "./GoalDrawer";

/** Goals with what each pays and leaves. */
export function GoalsCard({ offer }: { offer: Offer }) {
  const { t } = useTranslation("offers");
  const { t: plans } = useTranslation("plans");
  const mayEdit = useMay("offers:write");
  const [edited, setEdited] = useState<Goal | "new" | null>(null);
  return (
    <Card
      title={t("goals.title")}
      action={
        mayEdit && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setEdited("new")}
          >
            {t("goals.add")}
          </Button>
        )
      }
    >
      <Table.ScrollContainer minWidth={560} type="native">
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("goals.goal")}</Table.Th>
              <Table.Th scope="col">{plans("rate.payout")}</Table.Th>
              <Table.Th scope="col">{plans("rate.revenue")}</Table.Th>
              <Table.Th scope="col" ta="end">
                {t("goals.margin")}
              </Table.Th>
              {mayEdit && <Table.Th scope="col" w={48} aria-label={t("goals.edit")} />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {offer.goals.map((goal) => (
              <GoalRow
                key={goal.id}
                goal={goal}
                currency={offer.currency}
                onEdit={mayEdit ? () => setEdited(goal) : undefined}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {edited && (
        <GoalDrawer offer={offer} goal={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Card>
  );
}

function GoalRow({ goal, currency, onEdit }: { goal: Goal; currency: string; onEdit?: () => void }) {
  const { t } = useTranslation("offers");
  const payoutText = usePayoutWords();
  const { money, percent } = useFormat();
  const { profitMinor, margin, saleMinor } = exampleOf(goal.payout, goal.revenue, currency);
  const isKnown = isPlain(goal.payout) && isPlain(goal.revenue);
  const isFixed = isKnown && saleMinor === undefined;
  return (
    <Table.Tr>
      <Table.Td>
        {goal.name}{" "}
        {goal.is_primary && (
          <Badge size="sm" variant="light" color="gray" tt="none">
            {t("goals.primary")}
          </Badge>
        )}
      </Table.Td>
      <Table.Td>{payoutText(goal.payout, goal, currency)}</Table.Td>
      <Table.Td>{payoutText(goal.revenue, goal, currency)}</Table.Td>
      <Table.Td ta="end" className="figures" c={profitMinor < 0 ? "var(--ui-down)" : undefined}>
        {isFixed && `${money({ minor: profitMinor, currency })} · `}
        {percent(isKnown ? margin : null)}
      </Table.Td>
      {onEdit && (
        <Table.Td>
          <Tooltip label={t("goals.edit")}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={t("goals.edit_one", { goal: goal.name })}
              onClick={onEdit}
            >
              <IconPencil size={18} />
            </ActionIcon>
          </Tooltip>
        </Table.Td>
      )}
    </Table.Tr>
  );
}
