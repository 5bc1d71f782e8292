import { Button } from "@mantine/core";
import { IconPlus, IconTag } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { EnrollDrawer } from "~/features/offers/enrollments/EnrollDrawer";
import { EnrollmentTable } from "~/features/offers/enrollments/EnrollmentTable";
import { useEnrollments } from "~/features/offers/queries";
import { EmptyState } from "~/ui/Page";
import type { Partner } from "../model";

/** What the partner may promote. */
export function EnrollmentsTab({ partner }: { partner: Partner }) {
  const { t } = useTranslation("partners");
  const list = useEnrollments({ partner_id: partner.id });
  const mayEnroll = useMay("enrollments:write");
  const [enrolls, setEnrolls] = useState(false);
  const add = mayEnroll ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEnrolls(true)}>
      {t("enrollments.add")}
    </Button>
  ) : null;
  return (
    <>
      <EnrollmentTable
        list={list}
        of="partner"
        toolbar={add}
        empty={
          <EmptyState
            icon={<IconTag size={28} stroke={1.5} />}
            title={t("enrollments.empty")}
            text={t("enrollments.empty_text")}
            action={add}
          />
        }
      />
      {enrolls && <EnrollDrawer partnerId={partner.id} onClose={() => setEnrolls(false)} />}
    </>
  );
}
