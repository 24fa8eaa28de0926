/** The product's mark: two names called and answered. */
export function Mark({ size = 26 }: { readonly size?: number }) {
  return <img src="/icon.svg" width={size} height={size} alt="" />;
}
