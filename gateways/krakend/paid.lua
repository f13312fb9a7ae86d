-- Asks the forward-auth service whether what this request needs is paid for; it counts the request as well.
-- Runs after KrakenD has checked the token, and before the rate limit. When the service can not be reached, the call fails
-- and KrakenD answers 500: nothing passes unasked.
function check_paid(address)
  local request = ctx.load()
  local answer = http_response.new(address, "GET", "", {
    ["Authorization"] = request:headers("Authorization"),
    ["X-Forwarded-Method"] = request:method(),
    ["X-Forwarded-Uri"] = request:url(),
  })
  local status = answer:statusCode()
  local customer = answer:headers("X-Stripe-Customer")
  local body = answer:body()
  answer:close()
  if status ~= 200 then
    custom_error(body, status, "application/json")
  end
  request:headers("X-Stripe-Customer", customer)
end
