import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { usePayoutWords } from "~/features/plans/payoutWords";
import { planQuery } from "~/features/plans/queries";
import { ownRates } from "~/features/plans/rules";
import { EmptyState } from "~/ui/Page";
import { EnrollDrawer } from "../enrollments/EnrollDrawer";
import { EnrollmentTable } from "../enrollments/EnrollmentTable";
import type { Enrollment, Offer } from "../model";
import { useEnrollments } from "../queries";

/** Who may promote the offer, and at what rate. */
export function EnrollmentsTab({ offer }: { offer: Offer }) {
  const { t } = useTranslation("offers");
  const payoutText = usePayoutWords();
  const list = useEnrollments({ offer_id: offer.id });
  const mayEnroll = useMay("enrollments:write");
  const plan = useQuery({ ...planQuery(offer.id), enabled: useMay("plans:read") });
  const [enrolls, setEnrolls] = useState(false);
  const add = mayEnroll ? (
    <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setEnrolls(true)}>
      {t("enrollments.add_partner")}
    </Button>
  ) : null;
  const ratesOf = ({ partner_id }: Enrollment) => {
    if (!plan.data) return undefined;
    const own = ownRates(plan.data.earnings, partner_id);
    const texts = offer.goals.flatMap((goal) =>
      own.has(goal.id) ? [payoutText(own.get(goal.id), goal, offer.currency)] : [],
    );
    return texts.join(", ") || undefined;
  };
  return (
    <>
      <EnrollmentTable
        list={list}
        of="offer"
        toolbar={add}
        more={[
          {
            id: "rate",
            header: t("enrollments.own_rate"),
            width: 200,
            value: ratesOf,
            cell: (row) => ratesOf(row) ?? t("enrollments.usual_rate"),
          },
        ]}
        empty={
          <EmptyState
            title={t("enrollments.empty_offer")}
            text={t("enrollments.empty_offer_text")}
            action={add}
          />
        }
      />
      {enrolls && <EnrollDrawer offerId={offer.id} onClose={() => setEnrolls(false)} />}
    </>
  );
}
